package dev.sluice.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChoreTest {
    private static final Duration PERIOD = Duration.ofMillis(250);

    private final ManualTimers timers = new ManualTimers(new ManualTicker());
    private final Chore chore = new Chore(timers, PERIOD, this::work);
    private int done;
    private long wants = Chore.REST;

    @Test
    void restsUntilItIsAskedFor() {
        assertThat(timers.size()).isZero();
        chore.ask();
        timers.advance(PERIOD);
        assertThat(done).isOne();
        assertThat(timers.size()).isZero();
    }

    @Test
    void isDoneOnceHoweverOftenItIsAskedFor() {
        chore.ask();
        chore.ask();
        timers.advance(PERIOD);
        assertThat(done).isOne();
    }

    @Test
    void goesOnAsLongAsItWantsTo() {
        wants = 0;
        chore.ask();
        timers.advance(PERIOD.multipliedBy(4));
        assertThat(done).isEqualTo(4);
        wants = Chore.REST;
        timers.advance(PERIOD.multipliedBy(4));
        assertThat(done).isEqualTo(5);
    }

    @Test
    void isDoneSoonThoughItWantedToRestForLonger() {
        wants = Duration.ofMinutes(1).toNanos();
        chore.ask();
        timers.advance(PERIOD.multipliedBy(2));
        assertThat(done).isOne();
        chore.ask();
        timers.advance(PERIOD);
        assertThat(done).isEqualTo(2);
        timers.advance(Duration.ofSeconds(59));
        assertThat(done).isEqualTo(2);
        timers.advance(Duration.ofSeconds(1));
        assertThat(done).isEqualTo(3);
    }

    @Test
    void isDoneAgainWhenWhatItDoesAsksForIt() {
        Chore[] own = new Chore[1];
        own[0] = new Chore(timers, PERIOD, () -> {
            done++;
            if (done < 3) {
                own[0].ask();
            }
            return Chore.REST;
        });
        own[0].ask();
        timers.advance(PERIOD.multipliedBy(10));
        assertThat(done).isEqualTo(3);
    }

    @Test
    void goesOnAfterItThrew() {
        Chore broken = new Chore(timers, PERIOD, () -> {
            done++;
            throw new IllegalStateException("a bug");
        });
        broken.ask();
        assertThatIllegalStateException().isThrownBy(() -> timers.advance(PERIOD));
        assertThatIllegalStateException().isThrownBy(() -> timers.advance(PERIOD));
        assertThat(done).isEqualTo(2);
    }

    @Test
    void isNeverDoneAfterItsEnd() {
        chore.ask();
        chore.end();
        chore.ask();
        timers.advance(PERIOD.multipliedBy(2));
        assertThat(done).isZero();
        assertThat(timers.size()).isZero();
    }

    private long work() {
        done++;
        return wants;
    }
}
