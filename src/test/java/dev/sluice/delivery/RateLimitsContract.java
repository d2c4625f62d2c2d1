package dev.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.delivery.policy.Grant;
import dev.sluice.delivery.policy.TokenBucket.Surplus;
import dev.sluice.delivery.policy.pace.FoundPace;
import dev.sluice.delivery.policy.pace.SharedPace;
import dev.sluice.subscription.Pacing.RateLimit;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every {@link RateLimits} does; each test begins with none taken. Time hardly passes, so limits are per day. */
public abstract class RateLimitsContract {
    protected static final Duration HORIZON = Duration.ofMillis(100);
    protected static final LaneKey LANE = new LaneKey("wh_1", "default");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    /** Reserves {@link #HORIZON} ahead. */
    protected abstract RateLimits limits();

    protected abstract <T> T get(Supplier<Future<T>> call);

    protected static RateLimit hourly(int burst) {
        return new RateLimit(24, DAY, burst);
    }

    protected Grant take(RateLimit limit, int wanted) {
        return get(() -> limits().take(LANE, limit, wanted));
    }

    protected void giveBack(RateLimit limit, int tokens, Grant grant) {
        get(() -> {
            limits().giveBack(LANE, limit, new Surplus(tokens, grant.mark()));
            return Future.succeededFuture();
        });
    }

    private static final FoundPace PACE = new FoundPace(0.05, 10, Duration.ofSeconds(2), false);

    private Optional<SharedPace> pace(long taken) {
        return get(() -> limits().pace(LANE, taken));
    }

    private Optional<SharedPace> slow(long mark, FoundPace pace) {
        return get(() -> limits().slow(LANE, mark, pace, hourly(10)));
    }

    @Test
    void knowsNoPaceOfAnEndpointThatRefusedNothing() {
        assertThat(pace(5)).isEmpty();
    }

    @Test
    void keepsAPaceForAllPodsAndCountsWhatIsTaken() {
        long mark = slow(0, PACE).orElseThrow().mark();
        assertThat(mark).isPositive();
        pace(3);
        SharedPace known = pace(4).orElseThrow();
        assertThat(known.mark()).isEqualTo(mark);
        assertThat(known.pace()).isEqualTo(PACE);
        assertThat(known.taken()).isEqualTo(7);
        assertThat(known.age()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void keepsThePaceThatAnotherPodFoundMeanwhile() {
        SharedPace first = slow(0, PACE).orElseThrow();
        pace(1);
        FoundPace mine = new FoundPace(3, 1, Duration.ofSeconds(1), false);
        assertThat(slow(0, mine).orElseThrow().pace()).isEqualTo(PACE);
        SharedPace second = slow(first.mark(), mine).orElseThrow();
        assertThat(second.pace()).isEqualTo(mine);
        assertThat(second.mark()).isGreaterThan(first.mark());
        assertThat(second.taken()).isZero();
    }

    @Test
    void hasNoTokenLeftWhenTheEndpointRefused() {
        slow(0, PACE);
        assertThat(take(hourly(10), 10).tokens()).isZero();
    }

    @Test
    void aSlowerLimitOfItsOwnLosesNoTokenWhenTheEndpointRefused() {
        get(() -> limits().slow(LANE, 0, PACE, null));
        assertThat(pace(1)).isPresent();
        assertThat(take(hourly(10), 10).tokens()).isEqualTo(10);
    }

    @Test
    void countsOnWhileItIsAGuess() {
        FoundPace guess = new FoundPace(3, 1, Duration.ofSeconds(1), true);
        SharedPace first = slow(0, guess).orElseThrow();
        pace(4);
        assertThat(slow(first.mark(), guess).orElseThrow().taken()).isEqualTo(4);
        assertThat(take(hourly(10), 10).tokens()).isZero();
    }

    @Test
    void countsOnWhereNothingWasTakenSinceTheLastRefusal() {
        SharedPace first = slow(0, PACE).orElseThrow();
        FoundPace longer = PACE.refused(0, Duration.ofSeconds(2), Duration.ofSeconds(3));
        SharedPace second = slow(first.mark(), longer).orElseThrow();
        assertThat(second.pace()).isEqualTo(longer);
        assertThat(second.mark()).isGreaterThan(first.mark());
        assertThat(pace(1).orElseThrow().taken()).isOne();
    }

    @Test
    void grantsWhatIsWantedWhileTheBurstLasts() {
        Grant grant = take(hourly(10), 4);
        assertThat(grant.immediate()).isEqualTo(4);
        assertThat(grant.paced()).isZero();
        assertThat(grant.moreIn()).isZero();
        assertThat(take(hourly(10), 6).immediate()).isEqualTo(6);
    }

    @Test
    void grantsNoMoreThanTheBurstAndSaysWhenThereIsMore() {
        Grant grant = take(hourly(10), 50);
        assertThat(grant.tokens()).isEqualTo(10);
        assertThat(grant.moreIn()).isEqualTo(HOUR.minus(HORIZON));
        Grant next = take(hourly(10), 1);
        assertThat(next.tokens()).isZero();
        assertThat(next.moreIn()).isBetween(HOUR.minus(HORIZON).minusSeconds(30), HOUR.minus(HORIZON));
    }

    @Test
    void grantsAheadOfTimeWhatIsUsableWithinTheHorizonEachAtItsTime() {
        RateLimit hundred = new RateLimit(100, Duration.ofSeconds(1), 5);
        Grant grant = take(hundred, 50);
        assertThat(grant.immediate()).isEqualTo(5);
        assertThat(grant.paced()).isEqualTo(10);
        assertThat(grant.firstIn()).isEqualTo(Duration.ofMillis(10));
        assertThat(grant.moreIn()).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void grantsAFractionOfATokenToNobody() {
        RateLimit sevenths = new RateLimit(7, DAY, 49);
        assertThat(take(sevenths, 48).immediate()).isEqualTo(48);
        assertThat(take(sevenths, 2).immediate()).isEqualTo(1);
        assertThat(take(sevenths, 1).tokens()).isZero();
    }

    @Test
    void keepsAHugeBurstOfASlowLimit() {
        RateLimit most = new RateLimit(1, DAY, 1_000_000);
        assertThat(take(most, 999_999).immediate()).isEqualTo(999_999);
        assertThat(take(most, 2).immediate()).isEqualTo(1);
    }

    @Test
    void grantsManyOfAFastLimitAtOnce() {
        RateLimit fast = new RateLimit(50_000, Duration.ofSeconds(1), 1);
        Grant grant = take(fast, 100_000);
        assertThat(grant.immediate()).isEqualTo(1);
        assertThat(grant.paced()).isEqualTo(5000);
        assertThat(grant.firstIn()).isEqualTo(Duration.ofNanos(20_000));
    }

    @Test
    void keepsTheLimitsOfWebhooksApart() {
        take(hourly(3), 3);
        LaneKey other = new LaneKey("wh_2", "default");
        assertThat(get(() -> limits().take(other, hourly(3), 3)).immediate()).isEqualTo(3);
    }

    @Test
    void nobodyIsGrantedMoreThanTheBurstWhoeverAsksForHowMany() {
        SplittableRandom chance = new SplittableRandom(7);
        for (int round = 0; round < 20; round++) {
            LaneKey lane = new LaneKey("wh_" + round, "default");
            RateLimit limit = new RateLimit(1 + chance.nextInt(1000), DAY, 1 + chance.nextInt(1000));
            int left = limit.burst();
            while (left > 0) {
                int wanted = 1 + chance.nextInt(limit.burst());
                Grant grant = get(() -> limits().take(lane, limit, wanted));
                assertThat(grant.tokens()).as("%s of %s", wanted, limit).isEqualTo(Math.min(wanted, left));
                left -= grant.tokens();
            }
            assertThat(get(() -> limits().take(lane, limit, 1)).tokens()).isZero();
        }
    }

    @Test
    void whatIsGivenBackIsThereForTheNext() {
        Grant grant = take(hourly(10), 10);
        giveBack(hourly(10), 7, grant);
        assertThat(take(hourly(10), 50).tokens()).isEqualTo(7);
    }

    @Test
    void aWholeGrantGivenBackIsAsIfItHadNeverBeen() {
        giveBack(hourly(10), 4, take(hourly(10), 4));
        assertThat(take(hourly(10), 50).immediate()).isEqualTo(10);
    }

    @Test
    void nothingIsGivenBackToAStateThatOthersTookFromSince() {
        Grant grant = take(hourly(10), 4);
        take(hourly(10), 1);
        giveBack(hourly(10), 4, grant);
        assertThat(take(hourly(10), 50).tokens()).isEqualTo(5);
    }

    @Test
    void nothingIsGivenBackTwice() {
        Grant grant = take(hourly(10), 4);
        giveBack(hourly(10), 4, grant);
        giveBack(hourly(10), 4, grant);
        assertThat(take(hourly(10), 50).tokens()).isEqualTo(10);
    }

    @Test
    void aWiderLimitCountsFromTheNextCallOnThoughTheOldOneWasUsedUp() {
        take(hourly(10), 10);
        Grant wider = take(new RateLimit(1000, Duration.ofSeconds(1), 1), 50);
        assertThat(wider.tokens()).isZero();
        assertThat(wider.moreIn()).isBetween(Duration.ZERO, Duration.ofMillis(1));
    }

    @Test
    void aNarrowerLimitCountsFromTheNextCallOn() {
        take(new RateLimit(1000, Duration.ofSeconds(1), 1000), 1000);
        Grant narrower = take(hourly(2), 50);
        assertThat(narrower.tokens()).isEqualTo(1);
        assertThat(take(hourly(2), 50).tokens()).isZero();
    }

    @Test
    void refusesToBeAskedForNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limits().take(LANE, hourly(1), 0))
                .withMessage("wanted: 0 (expected: > 0)");
    }
}
