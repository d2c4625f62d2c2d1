package dev.sluice.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sluice.delivery.Fate;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.fault.Faults;
import dev.sluice.fault.Retries;
import dev.sluice.testing.InMemoryStatistics;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class CounterTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:30:20Z");
    private static final LaneKey LANE = new LaneKey("wh_1", "acme");

    private final InMemoryStatistics statistics = new InMemoryStatistics();
    private final ManualTimers timers = new ManualTimers(new ManualTicker());
    private final Counter counter =
            new Counter(statistics, InstantSource.fixed(NOW), new Retries(Faults.UNCOUNTED, timers));

    private Sums total() {
        return statistics.ofWebhook("wh_1", Period.HOUR, NOW).result().total();
    }

    @Test
    void writesWhatItCountedAfterFiveSecondsAndNotBefore() {
        counter.attempted(LANE, 1, new Answer.Status(503, null, null, "", Duration.ofMillis(7)), Fate.RETRYING, -1);
        counter.attempted(LANE, 12, new Answer.Failure(Answer.Kind.TLS, "no", Duration.ofMillis(7)), Fate.DEAD, -1);
        counter.ended(LANE, Fate.COALESCED);
        assertThat(total().isEmpty()).isTrue();
        timers.advance(Counter.EVERY);
        assertThat(total().by(Sums.STATUS)).containsOnlyKeys("503");
        assertThat(total().by(Sums.ERROR)).containsOnlyKeys("tls");
        assertThat(total().by(Sums.NUMBER)).containsOnlyKeys("1", "10");
        assertThat(total().attempts()).isEqualTo(2);
        assertThat(total().of(Sums.DEAD)).isEqualTo(1);
        assertThat(total().age(0.5)).isEqualTo(-1);
    }

    @Test
    void takesTheTimeFromAcceptedToDelivered() {
        counter.attempted(
                LANE,
                1,
                new Answer.Status(200, null, null, "", Duration.ofMillis(7)),
                Fate.DELIVERED,
                NOW.minusMillis(1024).toEpochMilli());
        counter.flush();
        assertThat(total().age(0.5)).isEqualTo(1024);
        assertThat(total().took(0.99)).isEqualTo(8);
    }

    @Test
    void allocatesLittleForAnAttempt() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Answer answer = new Answer.Status(204, null, null, "", Duration.ofMillis(7));
        int attempts = 10_000;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < attempts; i++) {
            counter.attempted(LANE, 1, answer, Fate.DELIVERED, NOW.toEpochMilli() - i);
        }
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / attempts;
        assertThat(each).isLessThan(200);
    }

    @Test
    void writesLessOftenWhileItIsOfManyWebhooks() {
        countOf(Counter.FEW * 3);
        timers.advance(Counter.EVERY);
        countOf(1);
        timers.advance(Counter.EVERY.multipliedBy(2));
        assertThat(total().of(Sums.DEAD)).isEqualTo(1);
        timers.advance(Counter.EVERY);
        assertThat(total().of(Sums.DEAD)).isEqualTo(2);

        countOf(1);
        timers.advance(Counter.EVERY);
        assertThat(total().of(Sums.DEAD)).as("after one that was of few").isEqualTo(3);
    }

    @Test
    void writesOnceAMinuteAtLeast() {
        countOf(Counter.ENOUGH - 1);
        timers.advance(Counter.EVERY);
        countOf(1);
        timers.advance(Counter.SELDOM);
        assertThat(total().of(Sums.DEAD)).isEqualTo(2);
    }

    private void countOf(int webhooks) {
        for (int i = 1; i <= webhooks; i++) {
            counter.ended(new LaneKey("wh_" + i, "acme"), Fate.DEAD);
        }
    }

    @Test
    void writesAtOnceWhatIsOfVeryManyWebhooks() {
        countOf(Counter.ENOUGH);
        assertThat(total().of(Sums.DEAD)).isEqualTo(1);
    }
}
