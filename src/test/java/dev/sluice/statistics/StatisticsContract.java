package dev.sluice.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Fate;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.policy.Answer;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every {@link Statistics} does; each test begins with empty ones. */
public abstract class StatisticsContract {
    protected static final LaneKey LANE = new LaneKey("wh_1", "acme");
    private static final Instant NOW = Instant.parse("2026-11-28T10:30:20Z");

    protected abstract Statistics statistics();

    protected abstract <T> T get(Supplier<Future<T>> call);

    protected void add(Instant at, LaneKey lane, Sums sums) {
        get(() -> statistics().add(at, Map.of(lane, sums), Map.of()));
    }

    protected Series of(Period period) {
        return get(() -> statistics().ofWebhook(LANE.webhookId(), period, NOW));
    }

    private static Sums delivered(int attempts) {
        Sums sums = new Sums();
        for (int i = 0; i < attempts; i++) {
            sums.attempted(1, new Answer.Status(204, null, null, "", Duration.ofMillis(10)), Fate.DELIVERED, 15);
        }
        return sums;
    }

    @Test
    void addsUpWhatPodsCountInEachMinute() {
        add(NOW.minusSeconds(80), LANE, delivered(2));
        add(NOW, LANE, delivered(3));
        add(NOW, LANE, delivered(4));
        Series hour = of(Period.HOUR);
        assertThat(hour.since()).isEqualTo(Instant.parse("2026-11-28T09:31:00Z"));
        assertThat(hour.steps()).hasSize(60);
        assertThat(hour.steps().get(59).of(Sums.DELIVERED)).isEqualTo(7);
        assertThat(hour.steps().get(57).of(Sums.DELIVERED)).isEqualTo(0);
        assertThat(hour.steps().get(58).of(Sums.DELIVERED)).isEqualTo(2);
        assertThat(hour.total().by(Sums.STATUS)).isEqualTo(Map.of("204", 9L));
    }

    @Test
    void showsADayInStepsOfTenMinutesAndAMonthInStepsOfSixHours() {
        add(NOW.minus(Duration.ofHours(20)), LANE, delivered(1));
        add(NOW.minus(Duration.ofHours(25)), LANE, delivered(10));
        assertThat(of(Period.HOUR).total().isEmpty()).isTrue();
        assertThat(of(Period.DAY).steps()).hasSize(144);
        assertThat(of(Period.DAY).total().attempts()).isEqualTo(1);
        assertThat(of(Period.MONTH).steps()).hasSize(120);
        assertThat(of(Period.MONTH).total().attempts()).isEqualTo(11);
    }

    @Test
    void showsADayOfSeveralWebhooksAtAGlance() {
        add(NOW.minus(Duration.ofHours(23)), LANE, delivered(2));
        add(NOW.minus(Duration.ofHours(24)), LANE, delivered(10));
        add(NOW, new LaneKey("wh_3", "acme"), delivered(4));
        List<Series> found = get(() -> statistics().ofWebhooks(List.of("wh_1", "wh_2", "wh_3"), NOW));
        assertThat(found)
                .extracting(series -> series.total().of(Sums.DELIVERED))
                .containsExactly(2L, 0L, 4L);
        assertThat(found).allSatisfy(series -> assertThat(series.steps()).hasSize(24));
        assertThat(found.get(0).steps().get(0).of(Sums.DELIVERED)).isEqualTo(2);
        assertThat(found.get(2).steps().get(23).of(Sums.DELIVERED)).isEqualTo(4);
        assertThat(get(() -> statistics().ofWebhooks(List.of(), NOW))).isEmpty();
    }

    @Test
    void countsForTheTenantWhatItsWebhooksAndSourcesDid() {
        add(NOW, LANE, delivered(2));
        add(NOW, new LaneKey("wh_2", "acme"), delivered(1));
        add(NOW, new LaneKey("wh_3", "other"), delivered(1));
        get(() -> statistics().add(NOW, Map.of(), Map.of("acme", new Sums().add(Sums.ACCEPTED, 5))));
        Sums total = get(() -> statistics().ofTenant("acme", Period.HOUR, NOW)).total();
        assertThat(total.of(Sums.DELIVERED)).isEqualTo(3);
        assertThat(total.of(Sums.ACCEPTED)).isEqualTo(5);
        assertThat(total.age(0.5)).isBetween(15L, 20L);
    }
}
