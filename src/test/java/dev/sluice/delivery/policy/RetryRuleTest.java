package dev.sluice.delivery.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.testing.ManualTicker;
import dev.sluice.time.Jitter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryRuleTest {
    private static final Instant NOW = ManualTicker.START;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Set<Integer> PATIENCE = Set.of(429, 502, 503, 504);
    private static final RetrySchedule SCHEDULE =
            new RetrySchedule(List.of(Duration.ofSeconds(5), Duration.ofMinutes(5)), 0.1);

    private final RetryRule rule = new RetryRule(DAY);

    static IntStream everyStatus() {
        return IntStream.range(100, 600);
    }

    @ParameterizedTest
    @MethodSource("everyStatus")
    void judgesEveryStatusAsTheTableSays(int code) {
        Verdict verdict = judge(status(code, null), 1);
        if (code >= 200 && code < 300) {
            assertThat(verdict).isEqualTo(new Verdict.Delivered());
        } else if (code == 410) {
            assertThat(verdict)
                    .isEqualTo(new Verdict.Dead("gone: the endpoint answered 410", true, false, Duration.ZERO));
        } else if (code == 429) {
            assertThat(verdict).isEqualTo(new Verdict.NotYet(Duration.ZERO));
        } else {
            assertThat(verdict)
                    .isEqualTo(new Verdict.Retry(Duration.ofSeconds(5), PATIENCE.contains(code), Duration.ZERO));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void retriesWhatGotNoAnswer(Kind kind) {
        assertThat(judge(failure(kind), 2)).isEqualTo(new Verdict.Retry(Duration.ofMinutes(5), false, Duration.ZERO));
    }

    static Stream<Answer> failures() {
        return Stream.of(status(500, null), status(504, "10"), status(302, null), failure(Kind.TIMEOUT));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void givesUpWhenTheScheduleIsExhausted(Answer answer) {
        assertThat(judge(answer, 3)).isInstanceOfSatisfying(Verdict.Dead.class, dead -> {
            assertThat(dead.reason()).isEqualTo("exhausted: attempt 3 was the last");
            assertThat(dead.disablesWebhook()).isFalse();
        });
    }

    /** The delivery has no next attempt, but the endpoint has spoken for all that come after it. */
    @Test
    void restsAsLongAsTheLastAttemptWasAskedFor() {
        assertThat(judge(status(504, "60"), 3))
                .isEqualTo(new Verdict.Dead("exhausted: attempt 3 was the last", false, true, Duration.ofSeconds(60)));
    }

    @Test
    void deliversAndDisablesHoweverLateTheAttempt() {
        assertThat(judge(status(204, null), 99)).isInstanceOf(Verdict.Delivered.class);
        assertThat(judge(status(410, null), 99))
                .isEqualTo(new Verdict.Dead("gone: the endpoint answered 410", true, false, Duration.ZERO));
    }

    @Test
    void waitsAsLongAsTheEndpointAsksWhereThatIsLonger() {
        Verdict verdict = rule.judge(status(504, "60"), Tries.NONE, SCHEDULE, NOW, () -> 0);
        assertThat(verdict).isEqualTo(new Verdict.Retry(Duration.ofSeconds(60), true, Duration.ofSeconds(60)));
    }

    @Test
    void waitsAsLongAsTheScheduleSaysWhereThatIsLonger() {
        assertThat(judge(status(504, "60"), 2))
                .isEqualTo(new Verdict.Retry(Duration.ofMinutes(5), true, Duration.ofSeconds(60)));
    }

    @Test
    void cutsWhatIsAskedAtTheMost() {
        Verdict verdict = rule.judge(status(502, "99999999999999"), Tries.NONE, SCHEDULE, NOW, () -> 0);
        assertThat(verdict).isEqualTo(new Verdict.Retry(DAY, true, DAY));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500, 301})
    void doesNotLetOtherAnswersAskForPatience(int code) {
        assertThat(judge(status(code, "3600"), 1))
                .isEqualTo(new Verdict.Retry(Duration.ofSeconds(5), false, Duration.ZERO));
    }

    @Test
    void roundsUpToMilliseconds() {
        Instant oddNow = NOW.plusNanos(1);
        String date =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(NOW.plusSeconds(60).atOffset(ZoneOffset.UTC));
        Verdict verdict = rule.judge(status(504, date), Tries.NONE, SCHEDULE, oddNow, () -> 0);
        assertThat(verdict).isEqualTo(new Verdict.Retry(Duration.ofSeconds(60), true, Duration.ofSeconds(60)));
    }

    @Test
    void neverComesBackEarlierThanAsked() {
        SplittableRandom random = new SplittableRandom(9110);
        DateTimeFormatter imf = DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);
        ManualTicker clock = new ManualTicker();
        for (int i = 0; i < 20_000; i++) {
            clock.advance(Duration.ofNanos(random.nextLong(3_000_000_000L)));
            Instant now = clock.instant();
            long seconds = random.nextLong(1, 7200);
            boolean asDate = random.nextBoolean();
            Instant asked =
                    asDate ? now.plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS) : now.plusSeconds(seconds);
            String header = asDate ? imf.format(asked.atOffset(ZoneOffset.UTC)) : Long.toString(seconds);
            RetrySchedule schedule =
                    new RetrySchedule(List.of(Duration.ofMillis(random.nextLong(1, 600_000))), random.nextDouble());
            Verdict verdict = rule.judge(status(504, header), Tries.NONE, schedule, now, random::nextDouble);
            Verdict.Retry retry = (Verdict.Retry) verdict;
            assertThat(now.plus(retry.delay())).as(header).isAfterOrEqualTo(asked);
            assertThat(now.plus(retry.laneRest())).as(header).isAfterOrEqualTo(asked);
            assertThat(retry.delay().toNanosPart() % 1_000_000).isZero();
            assertThat(retry.slowsLane()).isTrue();
        }
    }

    @Test
    void takesEverythingNotDeliveredAsUnhealthyExceptAFullEndpoint() {
        everyStatus().forEach(code -> {
            boolean healthy = (code >= 200 && code < 300) || code == 429;
            assertThat(RetryRule.health(status(code, null)))
                    .as("%d", code)
                    .isEqualTo(healthy ? Health.WELL : Health.UNWELL);
        });
        assertThat(RetryRule.health(failure(Kind.TIMEOUT))).isEqualTo(Health.UNWELL);
        assertThat(RetryRule.health(failure(Kind.AUTH))).isEqualTo(Health.UNWELL);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void neitherFailsNorEndsWhatTheEndpointIsNotReadyFor(int code) {
        String date =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(NOW.plusSeconds(60).atOffset(ZoneOffset.UTC));
        for (int attempt = 1; attempt < 10; attempt++) {
            assertThat(judge(status(code, "60"), attempt)).isEqualTo(new Verdict.NotYet(Duration.ofSeconds(60)));
            assertThat(judge(status(code, date), attempt)).isEqualTo(new Verdict.NotYet(Duration.ofSeconds(60)));
        }
    }

    @Test
    void takes503WithoutAReadableRetryAfterForAFailure() {
        for (String header : new String[] {null, "", "0", "soon", "-5"}) {
            assertThat(judge(status(503, header), 1))
                    .as("%s", header)
                    .isEqualTo(new Verdict.Retry(Duration.ofSeconds(5), true, Duration.ZERO));
        }
    }

    @Test
    void cutsAlsoWhatIsAskedForNotYet() {
        assertThat(judge(status(429, "99999999999999"), 1)).isEqualTo(new Verdict.NotYet(DAY));
    }

    @Test
    void goesOnInTheScheduleWhereItWasBeforeTheRefusals() {
        assertThat(rule.judge(status(500, null), new Tries(41, 40), SCHEDULE, NOW, Jitter.NONE))
                .isEqualTo(new Verdict.Retry(Duration.ofMinutes(5), false, Duration.ZERO));
    }

    @Test
    void takesEachForAFailureThatIsRefusedAHundredTimesAndSaysSoInTheEnd() {
        Answer refusal = status(429, "1");
        assertThat(rule.judge(refusal, new Tries(99, 99), SCHEDULE, NOW, Jitter.NONE))
                .isEqualTo(new Verdict.NotYet(Duration.ofSeconds(1)));
        assertThat(rule.judge(refusal, new Tries(100, 100), SCHEDULE, NOW, Jitter.NONE))
                .isEqualTo(new Verdict.Retry(Duration.ofSeconds(5), true, Duration.ofSeconds(1)));
        assertThat(rule.judge(refusal, new Tries(102, 100), SCHEDULE, NOW, Jitter.NONE))
                .isInstanceOfSatisfying(
                        Verdict.Dead.class,
                        dead -> assertThat(dead.reason())
                                .isEqualTo(
                                        "exhausted: attempt 103 was the last; to 100 of them the endpoint said not yet (429,"
                                                + " or 503 with Retry-After)"));
    }

    @Test
    void triesATransformationAgainAndHoldsItNotAgainstTheEndpoint() {
        assertThat(judge(failure(Kind.TRANSFORM), 1))
                .isEqualTo(new Verdict.Retry(Duration.ofSeconds(5), false, Duration.ZERO));
        assertThat(RetryRule.health(failure(Kind.TRANSFORM))).isEqualTo(Health.UNKNOWN);
    }

    private Verdict judge(Answer answer, int attempt) {
        return rule.judge(answer, new Tries(attempt - 1, 0), SCHEDULE, NOW, Jitter.NONE);
    }

    private static Answer status(int code, String retryAfter) {
        return new Answer.Status(code, retryAfter, null, "", Duration.ofMillis(3));
    }

    private static Answer failure(Kind kind) {
        return new Answer.Failure(kind, "detail", Duration.ofMillis(3));
    }
}
