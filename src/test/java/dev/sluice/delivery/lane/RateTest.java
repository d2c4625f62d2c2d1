package dev.sluice.delivery.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Grant;
import dev.sluice.delivery.policy.TokenBucket;
import dev.sluice.delivery.policy.pace.FoundPace;
import dev.sluice.delivery.policy.pace.SharedPace;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.time.Jitter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final RateLimit HUNDRED = new RateLimit(100, SECOND, 10);
    private static final RateLimit TWO = new RateLimit(2, SECOND, 3);
    private static final RateLimit FOUND = new RateLimit(1, Duration.ofMillis(200), 7);

    private final Rate rate = new Rate(Jitter.NONE);

    /** The endpoint was found to take five a second, and seven at once. */
    private void find() {
        rate.finder().take(new SharedPace(1, new FoundPace(5, 7.9, SECOND, false), 0, Duration.ZERO), 0);
        rate.refresh(0);
    }

    @Test
    void isNotLimitedWhereNobodyLimitsIt() {
        assertThat(rate.limit()).isNull();
        assertThat(rate.tokens()).isNull();
        assertThat(rate.waitNanos(0)).isZero();
        assertThat(rate.useful()).isEqualTo(Integer.MAX_VALUE);
        rate.started(0);
        assertThat(rate.waitNanos(0)).isZero();
    }

    @Test
    void eachAttemptTakesATokenOfTheWebhooksLimit() {
        rate.changed(HUNDRED, 0);
        assertThat(rate.limit()).isEqualTo(HUNDRED);
        assertThat(rate.waitNanos(0)).isEqualTo(TokenBucket.NONE);
        grant(1);
        assertThat(rate.waitNanos(0)).isZero();
        rate.started(0);
        assertThat(rate.waitNanos(0)).isEqualTo(TokenBucket.NONE);
    }

    @Test
    void keepsItsTokensWhereTheLimitIsTheSameAndLosesThemWhereItIsAnother() {
        rate.changed(HUNDRED, 0);
        grant(1);
        rate.changed(new RateLimit(100, SECOND, 10), 0);
        assertThat(rate.waitNanos(0)).isZero();
        rate.changed(TWO, 0);
        assertThat(rate.limit()).isEqualTo(TWO);
        assertThat(rate.waitNanos(0)).isEqualTo(TokenBucket.NONE);
        rate.changed(null, 0);
        assertThat(rate.limit()).isNull();
        assertThat(rate.waitNanos(0)).isZero();
    }

    @Test
    void goesAtThePaceThatWasFound() {
        find();
        assertThat(rate.limit()).isEqualTo(FOUND);
        assertThat(rate.waitNanos(0)).isEqualTo(TokenBucket.NONE);
        assertThat(rate.useful()).isEqualTo(16 + 10 + 7);
    }

    @Test
    void keepsItsTokensAndWaitsAtTheNewPaceWhereThePaceChanges() {
        rate.changed(HUNDRED, 0);
        rate.tokens().asked(0);
        rate.tokens().granted(new Grant(1, 0, Duration.ZERO, Duration.ofHours(1), 7), 0);
        find();
        assertThat(rate.waitNanos(0)).as("what was granted").isZero();
        assertThat(rate.tokens().askWaitNanos(0))
                .isEqualTo(Duration.ofMillis(200).toNanos());
    }

    @Test
    void goesAtTheSlowerOfTheTwo() {
        rate.changed(TWO, 0);
        find();
        assertThat(rate.limit()).isEqualTo(TWO);
        rate.changed(HUNDRED, 0);
        assertThat(rate.limit()).isEqualTo(FOUND);
        RateLimit same = new RateLimit(5, SECOND, 1);
        rate.changed(same, 0);
        assertThat(rate.limit()).isEqualTo(same);
    }

    @Test
    void savesUpNoMoreThanTheWebhookAllowsAndOneAtLeast() {
        assertThat(rate.slower(5, 0.5).burst()).isOne();
        assertThat(rate.slower(5, 300).burst()).isEqualTo(300);
        rate.changed(HUNDRED, 0);
        assertThat(rate.slower(5, 300).burst()).isEqualTo(10);
        assertThat(rate.slower(5, 0.5).burst()).isOne();
        assertThat(rate.slower(5, 3).burst()).isEqualTo(3);
    }

    @Test
    void knowsItsOwnLimitFromAPace() {
        rate.changed(TWO, 0);
        assertThat(rate.isOwn(rate.slower(5, 7))).isTrue();
        assertThat(rate.isOwn(rate.slower(0.5, 7))).isFalse();
    }

    @Test
    void forgetsThePaceOfAnotherTarget() {
        rate.changed(HUNDRED, 0);
        find();
        rate.startOver(0);
        assertThat(rate.finder().pace(0)).isNull();
        assertThat(rate.limit()).isEqualTo(HUNDRED);
    }

    private void grant(int tokens) {
        rate.tokens().asked(0);
        rate.tokens().granted(new Grant(tokens, 0, Duration.ZERO, Duration.ZERO, 7), 0);
    }
}
