package dev.sluice.delivery.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.policy.TokenBucket;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.testing.InMemoryRateLimits;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import dev.sluice.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three pods that share one limit, on manual time: their timers are late, and Redis takes its time to answer. */
class RateLimitStoryTest {
    private static final LaneKey LANE = new LaneKey("wh_1", "default");
    private static final int WINDOW = 64;

    private final ManualTicker ticker = new ManualTicker();
    private final ManualTimers timers = new ManualTimers(ticker);
    private final InMemoryRateLimits limits = new InMemoryRateLimits(ticker, TokenBucket.HORIZON);
    private final SplittableRandom chance = new SplittableRandom(13);
    /** When attempts were started, by any pod, in nanoseconds since the start. */
    private final List<Long> starts = new ArrayList<>();

    /** A lane that does nothing but keep to its tokens. */
    private final class Pod {
        final RateLimit limit;
        final Duration attempt;
        final TokenBucket tokens;
        int waiting;
        int inFlight;
        int started;
        int questions;
        Timers.Timer wake = () -> {};

        Pod(RateLimit limit, Duration attempt) {
            this.limit = limit;
            this.attempt = attempt;
            this.tokens = new TokenBucket(limit.limit(), limit.period(), chance::nextDouble);
        }

        void place(int deliveries) {
            waiting += deliveries;
            pump();
        }

        void pump() {
            long now = ticker.nanos();
            while (waiting > 0 && inFlight < WINDOW && tokens.waitNanos(now) == 0) {
                start(now);
            }
            int need = tokens.need(waiting, WINDOW - inFlight, now);
            if (need > 0 && inFlight < WINDOW) {
                ask(need, now);
            }
            long wait = Math.min(tokens.waitNanos(now), tokens.askWaitNanos(now));
            if (waiting > 0 && inFlight < WINDOW && wait != TokenBucket.NONE) {
                wake.cancel();
                wake = timers.after(Duration.ofMillis(wait / 1_000_000 + 1), this::pump);
            }
        }

        void start(long now) {
            tokens.take(now);
            waiting--;
            inFlight++;
            started++;
            starts.add(ticker.passed().toNanos());
            timers.after(attempt, () -> {
                inFlight--;
                pump();
            });
        }

        void ask(int need, long now) {
            questions++;
            tokens.asked(now);
            timers.after(
                    microsUpTo(1000),
                    () -> limits.take(LANE, limit, need)
                            .onComplete(answer -> timers.after(microsUpTo(1000), () -> {
                                if (answer.succeeded()) {
                                    tokens.granted(answer.result(), ticker.nanos());
                                } else {
                                    tokens.failed(ticker.nanos());
                                }
                                pump();
                            })));
        }
    }

    private Duration microsUpTo(int most) {
        return Duration.ofNanos(1000L * (1 + chance.nextInt(most)));
    }

    private List<Pod> pods(RateLimit limit, Duration attempt) {
        return Stream.generate(() -> new Pod(limit, attempt)).limit(3).toList();
    }

    private static RateLimit perSecond(int limit, int burst) {
        return new RateLimit(limit, Duration.ofSeconds(1), burst);
    }

    /** The most that were started in any span of this length. */
    private int mostWithin(Duration span) {
        int most = 0;
        for (int from = 0, to = 0; to < starts.size(); to++) {
            while (starts.get(to) - starts.get(from) > span.toNanos()) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 1", "20, 1", "20, 5", "100, 1", "100, 10", "100, 100", "999, 7", "20000, 100"})
    void backlogGoesOutAtTheLimitAndIsSharedFairly(int limit, int burst) {
        List<Pod> pods = pods(perSecond(limit, burst), Duration.ofMillis(2));
        pods.forEach(pod -> pod.place(1_000_000));
        timers.advance(Duration.ofSeconds(60));
        assertThat(starts.size()).isBetween((int) (60 * limit * 0.99), 60 * limit + burst);
        for (Pod pod : pods) {
            assertThat(pod.started).as("share of a pod").isGreaterThan(60 * limit / 3 * 3 / 4);
            assertThat(pod.questions / 60).as("questions a second").isLessThan(50);
        }
    }

    @ParameterizedTest
    @CsvSource({"20, 5", "100, 10", "100, 100", "999, 7"})
    void noSpanSeesMoreThanTheLimitButForTheLatenessOfTimers(int limit, int burst) {
        pods(perSecond(limit, burst), Duration.ofMillis(2)).forEach(pod -> pod.place(1_000_000));
        timers.advance(Duration.ofSeconds(60));
        for (int millis : new int[] {10, 100, 500, 1000, 5000}) {
            double lateness = 0.005;
            assertThat(mostWithin(Duration.ofMillis(millis)))
                    .as("in %d ms", millis)
                    .isLessThanOrEqualTo((int) Math.ceil(burst + limit * (millis / 1000.0 + lateness)));
        }
    }

    @Test
    void slowEndpointThatCannotUseItsLimitWastesLittleOfIt() {
        List<Pod> pods = pods(perSecond(1000, 10), Duration.ofMillis(150));
        pods.forEach(pod -> pod.place(1_000_000));
        timers.advance(Duration.ofSeconds(30));
        assertThat(starts.size())
                .as("of 3 x 64 at once for 150 ms each, and of 1000/s")
                .isGreaterThan(30 * 960);
    }

    @Test
    void trafficBelowTheLimitHardlyWaits() {
        List<Pod> pods = pods(perSecond(1000, 1000), Duration.ofMillis(2));
        for (int i = 0; i < 5000; i++) {
            pods.get(chance.nextInt(3)).place(1);
            timers.advance(Duration.ofMillis(2));
        }
        timers.advance(Duration.ofMillis(5));
        assertThat(starts).hasSize(5000);
        assertThat(pods).allSatisfy(pod -> assertThat(pod.questions / 10).isLessThan(50));
    }

    @Test
    void everyTokenOfAScarceLimitIsUsed() {
        List<Pod> pods = pods(new RateLimit(10, Duration.ofDays(1), 10), Duration.ofMillis(500));
        for (int i = 0; i < 12; i++) {
            pods.get(i % 3).place(1);
            timers.advance(Duration.ofMillis(30));
        }
        assertThat(starts).hasSize(10);
        timers.advance(Duration.ofHours(5));
        assertThat(starts).hasSize(12);
    }

    @Test
    void nothingBurstsWhileRedisIsAwayNorWhenItComesBack() {
        List<Pod> pods = pods(perSecond(100, 10), Duration.ofMillis(2));
        pods.forEach(pod -> pod.place(1_000_000));
        timers.advance(Duration.ofSeconds(2));
        limits.goAway();
        int before = starts.size();
        timers.advance(Duration.ofSeconds(10));
        assertThat(starts.size() - before).as("reserved before").isLessThanOrEqualTo(12);
        limits.comeBack();
        timers.advance(Duration.ofSeconds(10));
        assertThat(starts.size() - before).isGreaterThan(650);
        assertThat(mostWithin(Duration.ofSeconds(1))).isLessThanOrEqualTo(10 + 101);
    }
}
