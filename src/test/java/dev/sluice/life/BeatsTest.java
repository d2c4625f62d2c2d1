package dev.sluice.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fault.Faults;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stories of a pod whose beats are late, lost, or not made; the roll answers by hand where a test wants that. */
class BeatsTest {
    private final ManualTicker ticker = new ManualTicker();
    private final ManualTimers timers = new ManualTimers(ticker);
    private final Life life = new Life("pod", new Epochs(ticker));
    private final ByHand roll = new ByHand();
    private final Beats beats = new Beats(life, roll, ticker, timers, Faults.UNCOUNTED.again("beat", timers));

    private static final class ByHand implements Roll {
        final List<String> asked = new ArrayList<>();
        final Deque<Promise<Called>> open = new ArrayDeque<>();
        boolean answers = true;
        Duration paused = Duration.ZERO;

        @Override
        public Future<Called> beat(String name, boolean begins, Duration stood) {
            paused = stood;
            asked.add(name);
            Promise<Called> promise = Promise.promise();
            open.add(promise);
            if (answers) {
                answer();
            }
            return promise.future();
        }

        void answer() {
            open.remove().complete(new Called(Set.copyOf(asked), Set.of()));
        }

        void fail() {
            open.remove().fail(new RedisUnavailable("failing over"));
        }

        @Override
        public Future<Void> end(String name) {
            return Future.succeededFuture();
        }
    }

    @BeforeEach
    void begin() {
        beats.start();
        timers.advance(Duration.ofSeconds(10));
    }

    private boolean goesOn() {
        return life.goesOn(life.self());
    }

    @Test
    void goesOnAsLongAsItsBeatsAreHeard() {
        assertThat(goesOn()).isTrue();
        assertThat(life.self().name()).isEqualTo("pod.1");
        assertThat(roll.asked).hasSize(21);
    }

    @Test
    void whoStoodStillForLessThanThePatienceGoesOn() {
        Life.Self before = life.self();
        ticker.advance(Duration.ofMillis(2900));
        assertThat(life.goesOn(before)).isTrue();
        timers.advance(Duration.ZERO);
        assertThat(life.goesOn(before)).isTrue();
        ticker.advance(Duration.ofMillis(2900));
        assertThat(life.goesOn(before)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {3000, 3100, 60_000})
    void whoStoodStillForLongerIsOverBeforeItsFirstBeatAfterThat(int millis) {
        Life.Self before = life.self();
        ticker.advance(Duration.ofMillis(millis));
        assertThat(life.goesOn(before)).isFalse();
        timers.advance(Life.BEAT.multipliedBy(2));
        assertThat(life.goesOn(before)).isFalse();
        assertThat(life.self().name()).isEqualTo("pod.2");
        assertThat(goesOn()).isTrue();
    }

    @Test
    void aBeatThatIsAnsweredAfterThePatienceBringsNothingBack() {
        Life.Self before = life.self();
        roll.answers = false;
        timers.advance(Duration.ofMillis(3600));
        assertThat(roll.open).hasSize(1); // no second one while it is out
        assertThat(life.goesOn(before)).isFalse();
        roll.answers = true;
        roll.answer();
        assertThat(life.goesOn(before)).isFalse();
        assertThat(goesOn()).isFalse();
        timers.advance(Life.BEAT);
        assertThat(roll.asked).endsWith("pod.2");
        assertThat(goesOn()).isTrue();
    }

    @Test
    void aLifeThatBeginsWithABeatThatIsAnsweredTooLateIsOverBeforeItBegan() {
        ticker.advance(Life.PATIENCE);
        timers.advance(Duration.ZERO);
        Life.Self second = life.self();
        roll.answers = false;
        timers.advance(Life.BEAT.plus(Life.PATIENCE));
        roll.answers = true;
        roll.answer();
        assertThat(life.goesOn(second)).isFalse();
        timers.advance(Life.BEAT.multipliedBy(2));
        assertThat(life.self().name()).isEqualTo("pod.3");
        assertThat(goesOn()).isTrue();
    }

    @Test
    void tellsForHowLongItStoodStillAndNotForHowLongRedisWasAway() {
        assertThat(roll.paused).isEqualTo(Life.BEAT);
        ticker.advance(Duration.ofSeconds(2));
        timers.advance(Duration.ZERO);
        assertThat(roll.paused).isEqualTo(Duration.ofSeconds(2));
        roll.answers = false;
        timers.advance(Life.BEAT);
        roll.fail();
        roll.answers = true;
        timers.advance(Life.BEAT);
        assertThat(roll.paused).isZero();
        timers.advance(Life.BEAT);
        assertThat(roll.paused).isEqualTo(Life.BEAT);
    }

    @Test
    void goesOnThroughAFailoverThatIsShorterThanThePatience() {
        Life.Self before = life.self();
        roll.answers = false;
        for (int i = 0; i < 4; i++) {
            timers.advance(Life.BEAT);
            roll.fail();
        }
        roll.answers = true;
        timers.advance(Life.PATIENCE);
        assertThat(life.goesOn(before)).isTrue();
    }

    @Test
    void anAnswerThatComesAfterTheEndBringsNothingBack() {
        Life.Self before = life.self();
        roll.answers = false;
        timers.advance(Life.BEAT);
        beats.stop();
        roll.answer();
        assertThat(life.goesOn(before)).isFalse();
        assertThat(life.self()).isEqualTo(before);
    }

    @Test
    void theFirstBeatOfALifeDoesNotBeginItAfterTheEnd() {
        ticker.advance(Life.PATIENCE);
        timers.advance(Duration.ZERO);
        roll.answers = false;
        timers.advance(Life.BEAT);
        beats.stop();
        roll.answer();
        assertThat(goesOn()).isFalse();
    }
}
