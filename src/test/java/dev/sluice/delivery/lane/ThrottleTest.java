package dev.sluice.delivery.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.delivery.policy.CircuitListener;
import dev.sluice.delivery.policy.pace.FoundPace;
import dev.sluice.delivery.policy.pace.SharedPace;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ScriptedSender;
import dev.sluice.testing.Webhooks;
import dev.sluice.time.Jitter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final Answer NOT_YET = ScriptedSender.status(429);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration THREE = Duration.ofSeconds(3);
    private static final FoundPace FIVE = new FoundPace(5, 7, SECOND, false);

    private final ManualTicker ticker = new ManualTicker();
    private Throttle throttle = throttle(null);

    private Throttle throttle(RateLimit limit) {
        Circuit circuit = new Circuit(LaneHarness.CIRCUIT, LaneHarness.WINDOW, CircuitListener.NONE);
        return new Throttle(
                Webhooks.withRateLimit(Webhooks.webhook("wh_1", "**"), limit).pacing(), circuit, Jitter.NONE, now());
    }

    private long now() {
        return ticker.nanos();
    }

    private void attempt(Answer answer, int refusedBefore) {
        throttle.started(now());
        ticker.advance(answer.took());
        throttle.finished(refusedBefore, answer, now());
    }

    @Test
    void restsAsLongAsARefusalAsksAndThenFindsOutWithOne() {
        attempt(NOT_YET, 0);
        assertThat(throttle.refused(THREE, 0, now())).isEqualTo(new Throttle.Refusal(THREE, THREE));
        assertThat(throttle.restNanos(now())).isEqualTo(THREE.toNanos());
        assertThat(throttle.allowance(now())).isOne();
        assertThat(throttle.isWide(now())).isFalse();
        assertThat(throttle.isRefusedAgain()).isFalse();
    }

    @Test
    void letsWhatIsRefusedAgainWaitBehindOthers() {
        attempt(NOT_YET, 0);
        throttle.refused(THREE, 0, now());
        ticker.advance(THREE);
        attempt(NOT_YET, 1);
        assertThat(throttle.isRefusedAgain()).isTrue();
        assertThat(throttle.refused(THREE, 1, now())).isEqualTo(new Throttle.Refusal(THREE, THREE.multipliedBy(2)));
    }

    @Test
    void doesNotRestForWhatIsRefusedWhileOthersAreTaken() {
        attempt(NOT_YET, 0);
        throttle.refused(SECOND, 0, now());
        ticker.advance(SECOND);
        attempt(LaneHarness.TAKEN, 0);
        attempt(NOT_YET, 2);
        assertThat(throttle.refused(Duration.ZERO, 2, now()))
                .isEqualTo(new Throttle.Refusal(Duration.ZERO, Duration.ofMillis(2250)));
        assertThat(throttle.restNanos(now())).isZero();
    }

    @Test
    void asksForAPaceOnceForAllThatAreRefusedTogether() {
        throttle.started(now());
        throttle.started(now());
        ticker.advance(NOT_YET.took());
        throttle.finished(0, NOT_YET, now());
        throttle.refused(SECOND, 0, now());
        assertThat(throttle.pace().shouldAsk(now())).isTrue();
        throttle.pace().asked(now());
        throttle.pace().answered(0, null, now());
        throttle.finished(0, NOT_YET, now());
        throttle.refused(SECOND, 0, now());
        assertThat(throttle.pace().shouldAsk(now() + SECOND.toNanos())).isFalse();
    }

    @Test
    void restsAsOthersAndLooksForWhatTheyFound() {
        throttle.restAsOthers(THREE.toNanos(), now());
        assertThat(throttle.restNanos(now())).isEqualTo(THREE.toNanos());
        assertThat(throttle.pace().shouldAsk(now())).isTrue();
    }

    @Test
    void tellsThePaceOfWhatIsTaken() {
        throttle.pace().take(new SharedPace(1, FIVE, 0, Duration.ZERO), now());
        attempt(LaneHarness.FAILED, 0);
        assertThat(throttle.pace().asked(now())).isZero();
        attempt(LaneHarness.TAKEN, 0);
        assertThat(throttle.pace().asked(now())).isOne();
    }

    @Test
    void saysWhichRateIsInForceWhereAPaceWasFound() {
        assertThat(throttle.paceChanged(now())).isNull();
        throttle.pace().take(new SharedPace(1, FIVE, 0, Duration.ZERO), now());
        assertThat(throttle.paceChanged(now())).isEqualTo(new RateLimit(1, Duration.ofMillis(200), 7));
        assertThat(throttle.rateLimit()).isEqualTo(new RateLimit(1, Duration.ofMillis(200), 7));
        assertThat(throttle.tokens()).isNotNull();
    }

    @Test
    void aPaceBesideASlowerLimitIsNotInForce() {
        assertThat(throttle.asLimit(FIVE)).isEqualTo(new RateLimit(1, Duration.ofMillis(200), 7));
        throttle = throttle(new RateLimit(2, SECOND, 3));
        assertThat(throttle.asLimit(FIVE)).isNull();
    }

    @Test
    void isCarriedByAnEndpointThatTakesAGoodPart() {
        assertThat(throttle.isCarried()).isFalse();
        for (int i = 0; i < 4; i++) {
            attempt(LaneHarness.TAKEN, 0);
        }
        assertThat(throttle.isCarried()).isTrue();
        throttle.startOver(now());
        assertThat(throttle.isCarried())
                .as("of another target nothing is known")
                .isFalse();
    }

    @Test
    void forgetsTheRestThatAnotherTargetAskedFor() {
        attempt(NOT_YET, 0);
        throttle.refused(THREE, 0, now());
        throttle.startOver(now());
        assertThat(throttle.restNanos(now())).isZero();
        assertThat(throttle.room(now())).isEqualTo(LaneHarness.WINDOW);
        assertThat(throttle.isWide(now())).isTrue();
    }

    @Test
    void whatStartedBeforeARefusalAndIsTakenAfterItSaysNothing() {
        throttle.started(now());
        ticker.advance(NOT_YET.took().multipliedBy(2));
        throttle.started(now());
        ticker.advance(NOT_YET.took());
        throttle.finished(0, NOT_YET, now());
        Answer late = new Answer.Status(204, null, null, "", NOT_YET.took().multipliedBy(3));
        throttle.finished(0, late, now());
        assertThat(throttle.allowance(now())).isOne();
    }

    @Test
    void forgetsThePaceOfAnotherTarget() {
        throttle.pace().take(new SharedPace(1, FIVE, 0, Duration.ZERO), now());
        throttle.paceChanged(now());
        throttle.startOver(now());
        assertThat(throttle.pace().pace(now())).isNull();
        assertThat(throttle.rateLimit()).isNull();
    }
}
