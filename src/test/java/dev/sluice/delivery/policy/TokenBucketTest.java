package dev.sluice.delivery.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.delivery.policy.TokenBucket.Surplus;
import dev.sluice.testing.ManualTicker;
import dev.sluice.time.Jitter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final int WINDOW = 16;

    private final ManualTicker ticker = new ManualTicker();
    /** A hundred a second. */
    private final TokenBucket tokens = new TokenBucket(100, Duration.ofSeconds(1), Jitter.NONE);

    private static TokenBucket daily() {
        return new TokenBucket(1, Duration.ofDays(1), Jitter.NONE);
    }

    private static Grant grant(int immediate, int paced) {
        return new Grant(immediate, paced, millis(10), Duration.ZERO, 7);
    }

    private static Grant shortGrant(int tokens, Duration moreIn) {
        return new Grant(tokens, 0, Duration.ZERO, moreIn, 7);
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private long now() {
        return ticker.nanos();
    }

    private void answer(TokenBucket asking, Grant grant) {
        asking.asked(now());
        asking.granted(grant, now());
    }

    /** Takes what may be taken now. */
    private int takeAll(TokenBucket from) {
        int taken = 0;
        while (from.waitNanos(now()) == 0) {
            from.take(now());
            taken++;
        }
        return taken;
    }

    private Duration until(long nanos) {
        return Duration.ofNanos(nanos);
    }

    @Test
    void waitsAtAFasterPaceNoLongerThanThatMakesItWait() {
        TokenBucket slow = daily();
        answer(slow, shortGrant(0, Duration.ofDays(1)));
        slow.pace(10, Duration.ofSeconds(1), now());
        assertThat(slow.askWaitNanos(now())).isEqualTo(millis(100).toNanos());
    }

    @Test
    void waitsAtASlowerPaceNoLongerThanItWouldHave() {
        answer(tokens, shortGrant(0, millis(50)));
        tokens.pace(1, Duration.ofDays(1), now());
        assertThat(until(tokens.askWaitNanos(now()))).isEqualTo(Duration.ofNanos(62_500_000));
    }

    @Test
    void freshTokensAskForWhatWaitsAsFarAsItFitsIntoTheWindow() {
        assertThat(tokens.waitNanos(now())).isEqualTo(TokenBucket.NONE);
        assertThat(tokens.need(0, WINDOW, now())).isZero();
        assertThat(tokens.need(3, WINDOW, now())).isEqualTo(3);
        assertThat(tokens.need(1000, WINDOW, now())).isEqualTo(WINDOW);
    }

    @Test
    void oneQuestionIsUnderWayAtATime() {
        tokens.asked(now());
        assertThat(tokens.need(1000, WINDOW, now())).isZero();
        assertThat(tokens.askWaitNanos(now())).isEqualTo(TokenBucket.NONE);
        tokens.granted(grant(1, 0), now());
        assertThat(tokens.askWaitNanos(now())).isZero();
    }

    @Test
    void pacedTokensAreUsedEachAtItsTime() {
        answer(tokens, grant(2, 3));
        assertThat(takeAll(tokens)).isEqualTo(2);
        for (int i = 0; i < 3; i++) {
            assertThat(until(tokens.waitNanos(now()))).isEqualTo(millis(10));
            assertThatIllegalStateException().isThrownBy(() -> tokens.take(now()));
            ticker.advance(millis(10));
            assertThat(takeAll(tokens)).isEqualTo(1);
        }
        assertThat(tokens.waitNanos(now())).isEqualTo(TokenBucket.NONE);
    }

    @Test
    void tokenThatIsALittleLateIsUsedAndOnesThatAreVeryLateLapse() {
        answer(tokens, grant(0, 3));
        ticker.advance(millis(10 + 10 + 250));
        assertThat(takeAll(tokens)).as("the second and the third").isEqualTo(2);
        answer(tokens, grant(5, 2));
        ticker.advance(millis(300));
        assertThat(tokens.waitNanos(now())).isEqualTo(TokenBucket.NONE);
    }

    @Test
    void answerThatComesTooLateBringsNothing() {
        tokens.asked(now());
        ticker.advance(millis(251));
        tokens.granted(grant(10, 5), now());
        assertThat(tokens.waitNanos(now())).isEqualTo(TokenBucket.NONE);
        assertThat(tokens.need(10, WINDOW, now())).isEqualTo(10);
    }

    @Test
    void tokenOfASlowLimitKeepsForAQuarterOfItsSpacing() {
        TokenBucket daily = daily();
        answer(daily, grant(1, 0));
        ticker.advance(Duration.ofHours(6));
        assertThat(daily.waitNanos(now())).isZero();
        ticker.advance(Duration.ofNanos(1));
        assertThat(daily.waitNanos(now())).isEqualTo(TokenBucket.NONE);
    }

    @Test
    void asksAgainWhenWhatIsInHandLastsForHalfOfTheHorizon() {
        answer(tokens, grant(0, 20));
        for (int used = 0; used < 15; used++) {
            assertThat(tokens.need(1000, 1, now())).as("after %d", used).isZero();
            ticker.advance(millis(10));
            tokens.take(now());
        }
        ticker.advance(millis(10));
        tokens.take(now());
        assertThat(tokens.need(1000, 1, now()))
                .as("about twice what was used in the last horizon, less what is in hand")
                .isBetween(2 * 9 - 4, 2 * 10 - 4);
    }

    @Test
    void laneThatIsFedOneByOneAsksForWhatItUsesInAHorizon() {
        TokenBucket fast = new TokenBucket(1000, Duration.ofSeconds(1), Jitter.NONE);
        int questions = 0;
        for (int delivery = 0; delivery < 1000; delivery++) {
            ticker.advance(millis(2));
            int wanted = fast.need(1, WINDOW, now());
            if (wanted > 0) {
                questions++;
                answer(fast, grant(wanted, 0));
            }
            fast.take(now());
        }
        assertThat(questions).as("in two seconds").isBetween(20, 100);
    }

    @Test
    void takesNothingOfAScarceLimitThatNobodyWaitsFor() {
        TokenBucket tenADay = new TokenBucket(10, Duration.ofDays(1), Jitter.NONE);
        answer(tenADay, grant(5, 0));
        takeAll(tenADay);
        assertThat(tenADay.need(1, WINDOW, now())).isEqualTo(1);
        assertThat(tenADay.need(8, 2, now())).as("no more than fit").isEqualTo(2);
    }

    @Test
    void refusedOneAsksAgainWhenThereIsMore() {
        TokenBucket daily = daily();
        answer(daily, shortGrant(0, Duration.ofHours(5)));
        assertThat(daily.need(10, WINDOW, now())).isZero();
        assertThat(until(daily.askWaitNanos(now())))
                .isBetween(Duration.ofHours(5), Duration.ofHours(5).plus(millis(25)));
        ticker.advance(Duration.ofHours(5).plus(millis(25)));
        assertThat(daily.need(10, WINDOW, now())).isEqualTo(10);
    }

    @Test
    void whoeverGotLessThanItWantedComesAfterWhoeverGotNothing() {
        TokenBucket other = new TokenBucket(100, Duration.ofSeconds(1), Jitter.NONE);
        answer(tokens, shortGrant(3, millis(1)));
        answer(other, shortGrant(0, millis(1)));
        assertThat(until(tokens.askWaitNanos(now()))).isEqualTo(millis(50));
        assertThat(until(other.askWaitNanos(now()))).isEqualTo(millis(25));
    }

    @Test
    void withoutRedisItUsesWhatItHoldsAndAsksLessAndLessOften() {
        answer(tokens, grant(2, 0));
        tokens.asked(now());
        tokens.failed(now());
        assertThat(takeAll(tokens)).isEqualTo(2);
        for (int millis : new int[] {125, 250, 500, 1000, 2000, 2500, 2500}) {
            assertThat(until(tokens.askWaitNanos(now()))).isBetween(millis(millis * 3 / 4), millis(millis));
            ticker.advance(millis(millis));
            assertThat(tokens.need(5, WINDOW, now())).isEqualTo(5);
            tokens.asked(now());
            tokens.failed(now());
        }
        assertThat(tokens.waitNanos(now())).isEqualTo(TokenBucket.NONE);
        ticker.advance(millis(2500));
        answer(tokens, grant(1, 0));
        tokens.asked(now());
        tokens.failed(now());
        assertThat(until(tokens.askWaitNanos(now()))).as("from the start").isEqualTo(millis(125));
    }

    @Test
    void surrendersWhatIsLeftOfTheLastGrant() {
        answer(tokens, grant(4, 2));
        tokens.take(now());
        assertThat(tokens.surrender(now())).isEqualTo(new Surplus(5, 7));
        assertThat(tokens.waitNanos(now())).isEqualTo(TokenBucket.NONE);
        assertThat(tokens.surrender(now())).isNull();
    }

    @Test
    void surrendersNothingThatIsUsedUpOrLapsed() {
        answer(tokens, grant(2, 0));
        takeAll(tokens);
        assertThat(tokens.surrender(now())).isNull();
        answer(tokens, grant(2, 0));
        ticker.advance(millis(251));
        assertThat(tokens.surrender(now())).isNull();
    }

    @Test
    void ofTwoGrantsOnlyTheLaterCanBeGivenBack() {
        answer(tokens, new Grant(1, 2, millis(10), Duration.ZERO, 7));
        answer(tokens, new Grant(0, 3, millis(30), Duration.ZERO, 8));
        assertThat(tokens.surrender(now())).isEqualTo(new Surplus(3, 8));
    }

    @Test
    void asksAgainAsSoonAsAllThatItHoldsHasLapsed() {
        answer(tokens, grant(5, 0));
        ticker.advance(millis(251));
        assertThat(tokens.need(3, WINDOW, now())).isEqualTo(3);
    }

    @Test
    void holdsEnoughWhileWhatIsToComeLastsForHalfOfTheHorizon() {
        answer(tokens, grant(0, 6));
        ticker.advance(millis(10));
        assertThat(tokens.need(1000, WINDOW, now())).isZero();
        ticker.advance(Duration.ofNanos(1));
        assertThat(tokens.need(1000, WINDOW, now())).isEqualTo(WINDOW - 6);
    }

    @Test
    void holdsEnoughOfWhatIsDueWhileItIsHalfOfWhatWasUsedLately() {
        answer(tokens, grant(3, 0));
        tokens.take(now());
        tokens.take(now());
        assertThat(tokens.need(1000, WINDOW, now())).as("one, after two").isZero();
        TokenBucket other = new TokenBucket(100, Duration.ofSeconds(1), Jitter.NONE);
        answer(other, grant(4, 0));
        for (int i = 0; i < 3; i++) {
            other.take(now());
        }
        assertThat(other.need(1000, WINDOW, now())).as("one, after three").isEqualTo(WINDOW - 1);
    }

    @Test
    void theLastThatIsDueJustNowIsHeldLikeAnyOther() {
        answer(tokens, grant(0, 1));
        ticker.advance(millis(10));
        assertThat(tokens.need(1000, WINDOW, now())).isZero();
    }

    @Test
    void answerThatComesAtTheVeryLastMomentIsUsedAtOnceOrNotAtAll() {
        tokens.asked(now());
        ticker.advance(millis(250));
        tokens.granted(grant(1, 0), now());
        assertThat(tokens.waitNanos(now())).isZero();
        ticker.advance(Duration.ofNanos(1));
        assertThat(tokens.waitNanos(now())).isEqualTo(TokenBucket.NONE);
    }

    @Test
    void givesNothingBackToAGrantThatBroughtNothing() {
        answer(tokens, grant(2, 0));
        answer(tokens, shortGrant(0, Duration.ZERO));
        assertThat(tokens.surrender(now())).isNull();
    }

    @Test
    void whoeverGotSomeAsksWhenThereIsMoreAndALittleLater() {
        answer(tokens, shortGrant(3, millis(100)));
        assertThat(until(tokens.askWaitNanos(now()))).isEqualTo(Duration.ofNanos(137_500_000));
    }
}
