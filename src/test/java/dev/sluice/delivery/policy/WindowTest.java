package dev.sluice.delivery.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.testing.ManualTicker;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final Duration USUAL = Duration.ofMillis(50);
    private static final Duration SLOW = Duration.ofSeconds(2);

    private final ManualTicker ticker = new ManualTicker();
    private final Window window = wholeWindow(64);

    private static Answer ok(Duration took) {
        return new Answer.Status(204, null, null, "", took);
    }

    private static Answer busy(Duration took) {
        return new Answer.Status(503, null, null, "", took);
    }

    /** Grown to its maximum, as that of an endpoint that took so much at once. */
    private Window wholeWindow(int max) {
        Window whole = new Window(max);
        for (int i = 0; i < max; i++) {
            whole.finished(ok(USUAL), max, ticker.nanos());
        }
        assertThat(whole.limit()).isEqualTo(max);
        return whole;
    }

    private void finish(Answer answer) {
        window.finished(answer, window.limit(), ticker.nanos());
    }

    /** A window full of attempts, started together and ended together. */
    private void round(Duration took, Function<Duration, Answer> answer) {
        round(window, took, answer);
    }

    private void round(Window of, Duration took, Function<Duration, Answer> answer) {
        int attempts = of.limit();
        ticker.advance(took.plusNanos(1));
        for (int i = 0; i < attempts; i++) {
            of.finished(answer.apply(took), attempts, ticker.nanos());
        }
    }

    private void rounds(int count, Function<Duration, Answer> answer) {
        for (int i = 0; i < count; i++) {
            round(USUAL, answer);
        }
    }

    private Window shrunkWindow() {
        rounds(10, WindowTest::busy);
        assertThat(window.limit()).isOne();
        return window;
    }

    @Test
    void freshWindowDoublesWithEachRoundTripUntilItIsAsLargeAsTheWebhookAllows() {
        Window fresh = new Window(100);
        assertThat(fresh.limit()).isEqualTo(16);
        for (int expected : new int[] {32, 64, 100, 100}) {
            round(fresh, USUAL, WindowTest::ok);
            assertThat(fresh.limit()).isEqualTo(expected);
        }
        assertThat(new Window(5).limit()).as("a smaller maximum").isEqualTo(5);
    }

    @Test
    void slowStartEndsWithTheFirstCut() {
        Window fresh = new Window(64);
        round(fresh, USUAL, WindowTest::ok);
        round(fresh, USUAL, WindowTest::busy);
        assertThat(fresh.limit()).isEqualTo(16);
        round(fresh, USUAL, WindowTest::ok);
        assertThat(fresh.limit()).as("one for a window").isEqualTo(17);
    }

    @Test
    void slowStartEndsWithTheFirstCutForSlowness() {
        Window fresh = new Window(64);
        round(fresh, USUAL, WindowTest::ok);
        round(fresh, SLOW, WindowTest::ok);
        round(fresh, SLOW, WindowTest::ok);
        assertThat(fresh.limit()).isEqualTo(24);
        round(fresh, USUAL, WindowTest::ok);
        assertThat(fresh.limit()).isEqualTo(25);
    }

    @Test
    void nothingIsLearnedFromAWindowThatIsNotUsed() {
        Window fresh = new Window(64);
        for (int i = 0; i < 10_000; i++) {
            fresh.finished(ok(USUAL), 1, ticker.nanos());
        }
        assertThat(fresh.limit()).isEqualTo(16);
        fresh.finished(ok(USUAL), 16, ticker.nanos());
        assertThat(fresh.limit()).isEqualTo(17);
        for (int i = 0; i < 10_000; i++) {
            fresh.finished(ok(USUAL), 1, ticker.nanos());
        }
        assertThat(fresh.limit()).as("twice of what was under way").isEqualTo(32);
    }

    @Test
    void halvesOnceForAllThatFailTogether() {
        rounds(1, WindowTest::busy);
        assertThat(window.limit()).isEqualTo(32);
        rounds(1, WindowTest::busy);
        assertThat(window.limit()).isEqualTo(16);
    }

    @Test
    void whatWasStartedBeforeTheCutChangesNothing() {
        finish(busy(Duration.ofMillis(10)));
        ticker.advance(Duration.ofMillis(100));
        finish(busy(Duration.ofMillis(101)));
        finish(ok(Duration.ofMillis(101)));
        assertThat(window.limit()).isEqualTo(32);
        finish(busy(Duration.ofMillis(99)));
        assertThat(window.limit()).isEqualTo(16);
    }

    @Test
    void oneAttemptIsAlwaysAllowed() {
        rounds(20, WindowTest::busy);
        assertThat(window.limit()).isOne();
    }

    @Test
    void hasHalfOfItBackSoonAfterAnOutageAndTheRestStepByStep() {
        shrunkWindow();
        rounds(6, WindowTest::ok);
        assertThat(window.limit()).as("1, 2, 4, 8, 16, 32").isBetween(32, 33);
        rounds(10, WindowTest::ok);
        assertThat(window.limit()).isBetween(40, 44);
        rounds(40, WindowTest::ok);
        assertThat(window.limit()).isEqualTo(64);
    }

    @Test
    void findsAndKeepsNearWhatTheEndpointCanTake() {
        int capacity = 20;
        int below = 0;
        int above = 0;
        for (int i = 0; i < 300; i++) {
            boolean over = window.limit() > capacity;
            rounds(1, over ? WindowTest::busy : WindowTest::ok);
            if (i >= 20) {
                above += over ? 1 : 0;
                below += window.limit() < capacity / 2 ? 1 : 0;
            }
        }
        assertThat(above).as("rounds that asked too much").isLessThan(40);
        assertThat(below).isZero();
    }

    @Test
    void everyLoadSignCutsAndNothingElseDoes() {
        for (int code : new int[] {502, 503, 504}) {
            assertThat(afterOne(new Answer.Status(code, null, null, "", USUAL)))
                    .as("%d", code)
                    .isEqualTo(32);
        }
        for (int code : new int[] {200, 302, 400, 404, 410, 429, 500, 501}) {
            assertThat(afterOne(new Answer.Status(code, null, null, "", USUAL)))
                    .as("%d", code)
                    .isEqualTo(64);
        }
        for (Kind kind : Kind.values()) {
            boolean load = kind == Kind.CONNECT || kind == Kind.TIMEOUT || kind == Kind.BROKEN;
            assertThat(afterOne(new Answer.Failure(kind, "", USUAL)))
                    .as("%s", kind)
                    .isEqualTo(load ? 32 : 64);
        }
    }

    private int afterOne(Answer answer) {
        Window whole = wholeWindow(64);
        whole.finished(answer, 64, ticker.nanos());
        return whole.limit();
    }

    @Test
    void isNotWidenedByFailuresOfAnotherKind() {
        shrunkWindow();
        rounds(100, took -> new Answer.Status(404, null, null, "", took));
        assertThat(window.limit()).isOne();
    }

    @Test
    void staysWholeForAHealthyEndpointOnABusyGateway() {
        SplittableRandom chance = new SplittableRandom(5);
        rounds(2, WindowTest::ok);
        for (int i = 0; i < 20_000; i++) {
            ticker.advance(Duration.ofMillis(1));
            finish(ok(Duration.ofMillis(5 + chance.nextInt(490))));
            assertThat(window.limit()).isEqualTo(64);
        }
    }

    @Test
    void oneStallThatMakesAllLateTogetherCutsNothing() {
        rounds(10, WindowTest::ok);
        for (int stall = 0; stall < 10; stall++) {
            round(SLOW, WindowTest::ok);
            rounds(3, WindowTest::ok);
        }
        assertThat(window.limit()).isEqualTo(64);
    }

    @Test
    void endpointThatBecomesSlowIsAskedAQuarterLessAtATimeButNeverLessThanAQuarter() {
        rounds(10, WindowTest::ok);
        round(SLOW, WindowTest::ok);
        assertThat(window.limit()).isEqualTo(64);
        round(SLOW, WindowTest::ok);
        assertThat(window.limit()).isEqualTo(48);
        for (int i = 0; i < 4; i++) {
            rounds(3, WindowTest::ok);
            round(SLOW, WindowTest::ok);
            round(SLOW, WindowTest::ok);
        }
        assertThat(window.limit()).isBetween(16, 30);
    }

    @Test
    void endpointThatStaysSlowIsFilledAgain() {
        rounds(10, WindowTest::ok);
        for (int i = 0; i < 200; i++) {
            round(SLOW, WindowTest::ok);
        }
        assertThat(window.limit()).isEqualTo(64);
    }

    @Test
    void slowEndpointThatAlwaysWasGetsAWholeWindowAsSoonAndKeepsIt() {
        Window fresh = new Window(64);
        for (int i = 0; i < 50; i++) {
            assertThat(fresh.limit()).isEqualTo(Math.min(64, 16 << Math.min(i, 2)));
            round(fresh, Duration.ofSeconds(3), WindowTest::ok);
        }
    }

    @Test
    void widerMaximumIsInForceAtOnceUnlessTheWindowIsCutOrLittleIsKnown() {
        Window fresh = new Window(8);
        fresh.max(100);
        assertThat(fresh.limit()).isEqualTo(16);
        fresh.max(200);
        assertThat(fresh.limit()).isEqualTo(16);
        window.max(100);
        assertThat(window.limit()).isEqualTo(100);
        finish(busy(USUAL));
        window.max(200);
        assertThat(window.limit()).isEqualTo(50);
        window.max(8);
        assertThat(window.limit()).isEqualTo(8);
    }

    @Test
    void refusesAMaximumOfNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> window.max(0)).withMessage("max: 0 (expected: > 0)");
    }

    @Test
    void whatWasStartedAtTheVeryMomentOfTheCutChangesNothing() {
        finish(busy(USUAL));
        ticker.advance(USUAL);
        finish(busy(USUAL));
        assertThat(window.limit()).isEqualTo(32);
    }

    @Test
    void afterACutAWholeWindowOfGoodAnswersAddsOne() {
        rounds(1, WindowTest::busy);
        ticker.advance(SLOW);
        for (int i = 0; i < 31; i++) {
            finish(ok(USUAL));
        }
        assertThat(window.limit()).isEqualTo(32);
        finish(ok(USUAL));
        assertThat(window.limit()).isEqualTo(33);
    }

    @Test
    void whatWasUnderWayWhenTheFirstSlowOneEndedCutsNothing() {
        rounds(1, WindowTest::ok);
        round(SLOW, WindowTest::ok);
        ticker.advance(SLOW);
        for (int i = 0; i < 64; i++) {
            finish(ok(SLOW));
        }
        assertThat(window.limit()).as("started at that very moment").isEqualTo(64);
        ticker.advance(Duration.ofNanos(1));
        for (int i = 0; i < 63; i++) {
            finish(ok(SLOW));
        }
        assertThat(window.limit()).isEqualTo(64);
        finish(ok(SLOW));
        assertThat(window.limit()).isEqualTo(48);
    }

    @Test
    void slownessCutsNothingOfAWindowOfOne() {
        Window one = new Window(1);
        for (int i = 0; i < 16; i++) {
            round(one, USUAL, WindowTest::ok);
        }
        for (int i = 0; i < 4; i++) {
            round(one, SLOW, WindowTest::ok);
        }
        one.max(64);
        assertThat(one.limit()).isEqualTo(16);
        round(one, USUAL, WindowTest::ok);
        assertThat(one.limit()).as("it doubles as a fresh one does").isEqualTo(32);
    }

    @Test
    void isCarriedByAThirdOfTheLastAnswersButNotByAFewAnswers() {
        Window few = new Window(64);
        answers(few, 3, WindowTest::ok);
        assertThat(few.isCarried()).as("three good ones").isFalse();
        answers(few, 1, WindowTest::ok);
        assertThat(few.isCarried()).as("four good ones").isTrue();
        answers(few, 8, WindowTest::busy);
        assertThat(few.isCarried()).as("four of twelve").isTrue();
        answers(few, 1, WindowTest::busy);
        assertThat(few.isCarried()).as("four of thirteen").isFalse();
    }

    private void answers(Window of, int count, Function<Duration, Answer> answer) {
        for (int i = 0; i < count; i++) {
            of.finished(answer.apply(USUAL), 1, ticker.nanos());
        }
    }

    @Test
    void refusesToBeMadeWithAMaximumOfNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Window(0)).withMessage("max: 0 (expected: > 0)");
        assertThat(new Window(1).limit()).isOne();
    }
}
