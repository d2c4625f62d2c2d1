package dev.sluice.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WheelTest {
    private static final Duration TICK = Duration.ofMillis(20);

    private final ManualTicker ticker = new ManualTicker();
    private final ManualTimers timers = new ManualTimers(ticker);
    private final Wheel wheel = new Wheel(timers, ticker, TICK, 8, 5);
    private final List<String> fired = new ArrayList<>();

    @Test
    void firesOnceAtTheFirstTickThatIsNotEarly() {
        wheel.after(millis(30), () -> fired.add("a"));
        timers.advance(Duration.ofMillis(39));
        assertThat(fired).isEmpty();
        timers.advance(Duration.ofMillis(1));
        assertThat(fired).containsExactly("a");
        timers.advance(Duration.ofSeconds(10));
        assertThat(fired).containsExactly("a");
    }

    @Test
    void firesAtTheNextTickWhatIsDueAtOnce() {
        wheel.after(0, () -> fired.add("now"));
        wheel.after(-5, () -> fired.add("before"));
        timers.advance(TICK);
        assertThat(fired).containsExactlyInAnyOrder("now", "before");
    }

    @Test
    void keepsAnEntryOfALaterRoundInItsSlot() {
        wheel.after(millis(20 * 8 * 3), () -> fired.add("third round"));
        timers.advance(Duration.ofMillis(20 * 8 * 3 - 1));
        assertThat(fired).isEmpty();
        timers.advance(Duration.ofMillis(1));
        assertThat(fired).containsExactly("third round");
    }

    @Test
    void doesNotFireWhatIsCancelled() {
        Timers.Timer first = wheel.after(millis(40), () -> fired.add("first"));
        Timers.Timer middle = wheel.after(millis(40), () -> fired.add("middle"));
        wheel.after(millis(40), () -> fired.add("last"));
        middle.cancel();
        middle.cancel();
        first.cancel();
        assertThat(wheel.size()).isOne();
        timers.advance(Duration.ofSeconds(1));
        first.cancel();
        assertThat(fired).containsExactly("last");
        assertThat(wheel.size()).isZero();
    }

    @Test
    void letsAnActionCancelAnotherThatIsDueAtTheSameTick() {
        Timers.Timer[] both = new Timers.Timer[2];
        both[0] = wheel.after(millis(40), () -> fire("one", both[1]));
        both[1] = wheel.after(millis(40), () -> fire("other", both[0]));
        timers.advance(Duration.ofSeconds(1));
        assertThat(fired).hasSize(1);
        assertThat(wheel.size()).isZero();
    }

    @Test
    void letsAnActionScheduleAnother() {
        wheel.after(millis(20), () -> wheel.after(0, () -> fired.add("second")));
        timers.advance(TICK);
        assertThat(fired).isEmpty();
        timers.advance(TICK);
        assertThat(fired).containsExactly("second");
    }

    @Test
    void catchesUpAfterAStallInBoundedTurns() {
        for (int i = 0; i < 12; i++) {
            wheel.after(millis(20 + 20 * i), () -> fired.add("x"));
        }
        ticker.advance(Duration.ofMinutes(10));
        timers.advance(Duration.ZERO);
        assertThat(fired).hasSize(5);
        timers.advance(TICK);
        assertThat(fired).hasSize(10);
        timers.advance(TICK);
        assertThat(fired).hasSize(12);
    }

    @Test
    void goesOnAfterAnActionThatThrew() {
        wheel.after(millis(20), () -> fired.add("a"));
        wheel.after(millis(20), () -> {
            throw new IllegalStateException("a bug");
        });
        wheel.after(millis(20), () -> fired.add("b"));
        try {
            timers.advance(TICK);
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("a bug");
        }
        timers.advance(TICK);
        assertThat(fired).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void firesNothingAfterItIsClosed() {
        wheel.after(millis(20), () -> fired.add("a"));
        wheel.close();
        timers.advance(Duration.ofSeconds(1));
        assertThat(fired).isEmpty();
        assertThat(timers.size()).isZero();
    }

    @Test
    void setsNoTimerWhileNothingWaits() {
        assertThat(timers.size()).isZero();
        Timers.Timer cancelled = wheel.after(millis(40), () -> fired.add("never"));
        assertThat(timers.size()).isOne();
        cancelled.cancel();
        timers.advance(Duration.ofMillis(40));
        assertThat(timers.size()).isZero();
        wheel.after(millis(20), () -> fired.add("a"));
        timers.advance(TICK);
        assertThat(fired).containsExactly("a");
        assertThat(timers.size()).isZero();
    }

    @Test
    void setsOneTimerForAllThatWaitAndNoneForWhatIsDueLater() {
        wheel.after(millis(100), () -> fired.add("a"));
        int before = timers.everSet();
        for (int i = 0; i < 100; i++) {
            wheel.after(millis(100 + 20 * i), () -> fired.add("later")).cancel();
        }
        assertThat(timers.everSet()).isEqualTo(before);
        wheel.after(millis(40), () -> fired.add("earlier"));
        timers.advance(Duration.ofMillis(40));
        assertThat(fired).containsExactly("earlier");
        timers.advance(Duration.ofMillis(60));
        assertThat(fired).containsExactly("earlier", "a");
    }

    @Test
    void firesNothingAfterAnActionThatClosesIt() {
        wheel.after(millis(20), wheel::close);
        wheel.after(millis(60), () -> fired.add("a"));
        timers.advance(Duration.ofSeconds(1));
        assertThat(fired).isEmpty();
        assertThat(timers.size()).isZero();
    }

    @Test
    void refusesSlotsThatAreNoPowerOfTwo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Wheel(timers, ticker, TICK, 6, 1))
                .withMessage("slots: 6 (expected: a power of two)");
    }

    @Test
    void neverFiresEarlyAndForgetsNothing() {
        SplittableRandom random = new SplittableRandom(20261121);
        Wheel roomy = new Wheel(timers, ticker, TICK, 16, 1000);
        Map<Integer, Long> waiting = new HashMap<>();
        Map<Integer, Timers.Timer> handles = new HashMap<>();
        for (int i = 0; i < 5000; i++) {
            int id = i;
            long delay = random.nextLong(millis(2000));
            waiting.put(id, ticker.nanos() + delay);
            handles.put(id, roomy.after(delay, () -> assertDue(waiting.remove(id))));
            if (random.nextInt(3) == 0) {
                int victim = random.nextInt(i + 1);
                handles.get(victim).cancel();
                waiting.remove(victim);
            }
            timers.advance(Duration.ofNanos(random.nextLong(millis(10))));
        }
        timers.advance(Duration.ofMillis(2021));
        assertThat(waiting).isEmpty();
        assertThat(roomy.size()).isZero();
    }

    private void assertDue(Long due) {
        assertThat(ticker.nanos() - due).isBetween(0L, millis(40));
    }

    private void fire(String name, Timers.Timer other) {
        fired.add(name);
        other.cancel();
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
