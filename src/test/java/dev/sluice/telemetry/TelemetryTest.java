package dev.sluice.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.BacklogListener;
import dev.sluice.delivery.BacklogListener.Backlog;
import dev.sluice.delivery.BacklogListener.Part;
import dev.sluice.delivery.DeliveryListener;
import dev.sluice.delivery.policy.Circuit.State;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.memory.Purpose;
import dev.sluice.memory.Quota;
import dev.sluice.memory.Scarcity;
import dev.sluice.redis.trouble.Trouble;
import dev.sluice.time.Ticker;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelemetryTest {
    private final Telemetry telemetry = new Telemetry(new Heartbeats(1, Ticker.SYSTEM), "1.2.3");
    private final DeliveryListener listener = telemetry.delivery();

    @AfterEach
    void close() {
        telemetry.close();
    }

    private static Event event(String id) {
        return new Event(new EventId(id), Attributes.of(), Buffer.buffer(), null);
    }

    /** Accepted then, as its id says. */
    private static Event accepted(long millis) {
        StringBuilder id = new StringBuilder("evt_");
        for (int shift = 45; shift >= 0; shift -= 5) {
            id.append("0123456789abcdefghjkmnpqrstvwxyz".charAt((int) (millis >> shift & 31)));
        }
        return event(id.append("0".repeat(13)).toString());
    }

    private void change(State from, State to) {
        listener.circuits(from, -1);
        listener.circuits(to, 1);
    }

    @Test
    void showsHowManyLanesHaveTheirCircuitInWhichState() {
        for (int lane = 0; lane < 5; lane++) {
            listener.circuits(State.CLOSED, 1);
        }
        change(State.CLOSED, State.OPEN);
        change(State.CLOSED, State.OPEN);
        change(State.OPEN, State.HALF_OPEN);
        assertThat(telemetry.scrape())
                .contains("sluice_circuits{state=\"closed\"} 3.0")
                .contains("sluice_circuits{state=\"open\"} 1.0")
                .contains("sluice_circuits{state=\"half_open\"} 1.0");
    }

    @Test
    void showsEveryStateThoughNoLaneIsInIt() {
        assertThat(telemetry.scrape())
                .contains("sluice_circuits{state=\"closed\"} 0.0")
                .contains("sluice_circuits{state=\"open\"} 0.0")
                .contains("sluice_circuits{state=\"half_open\"} 0.0");
    }

    @Test
    void tellsWhatIsRefusedAndHowManyLanesHaveAPace() {
        listener.refused(429);
        listener.refused(503);
        listener.refused(503);
        listener.paced(1);
        assertThat(telemetry.scrape())
                .contains("sluice_attempts_refused_total{status=\"429\"} 1.0")
                .contains("sluice_attempts_refused_total{status=\"503\"} 2.0")
                .contains("sluice_lanes_paced 1.0");
    }

    @Test
    void tellsHowOftenLimitsWereAskedForWhatAndHowManyTokensTheyGave() {
        listener.tokensGranted(5, 5);
        listener.tokensGranted(5, 2);
        listener.tokensGranted(5, 0);
        listener.tokensGranted(5, 0);
        listener.tokensUnknown();
        assertThat(telemetry.scrape())
                .contains("sluice_rate_tokens_total 7.0")
                .contains("sluice_rate_asks_total{outcome=\"full\"} 1.0")
                .contains("sluice_rate_asks_total{outcome=\"short\"} 1.0")
                .contains("sluice_rate_asks_total{outcome=\"none\"} 2.0")
                .contains("sluice_rate_asks_total{outcome=\"failed\"} 1.0");
    }

    @Test
    void tellsHowLongAnEventTookToItsFirstAttemptApartFromWhatWaitedInRedis() {
        long now = System.currentTimeMillis();
        listener.arrived(accepted(now - 1_200));
        listener.firstTried(accepted(now - 1_500), false);
        listener.firstTried(accepted(now + 60_000), false); // its clock is ahead
        listener.firstTried(accepted(now - 600_000), true);
        listener.firstTried(event("evt_1"), false);
        listener.delivered(accepted(now - 20_000));
        assertThat(telemetry.scrape())
                .contains("sluice_lane_delay_seconds_bucket{le=\"2.0\"} 1")
                .contains("sluice_first_attempt_delay_seconds_bucket{from=\"journal\",le=\"0.01\"} 1")
                .contains("sluice_first_attempt_delay_seconds_bucket{from=\"journal\",le=\"2.0\"} 2")
                .contains("sluice_first_attempt_delay_seconds_count{from=\"journal\"} 2")
                .contains("sluice_first_attempt_delay_seconds_count{from=\"parked\"} 1")
                .contains("sluice_delivered_delay_seconds_bucket{le=\"30.0\"} 1");
    }

    @Test
    void tellsWhereThePodIsInItsLife() {
        assertThat(telemetry.scrape()).contains("sluice_pod_state{state=\"starting\"} 1.0");
        telemetry.is(PodState.DRAINING);
        assertThat(telemetry.scrape())
                .contains("sluice_pod_state{state=\"draining\"} 1.0")
                .contains("sluice_pod_state{state=\"starting\"} 0.0")
                .contains("sluice_build_info{version=\"1.2.3\"} 1");
    }

    @Test
    void ofWhatWaitsItTellsTheSumOfTheShardsAndTheOldestOfThem() {
        telemetry.backlog().waits(0, backlog(3, Duration.ofSeconds(5)));
        telemetry.backlog().waits(1, backlog(4, Duration.ofSeconds(90)));
        telemetry.backlog().waits(1, backlog(2, Duration.ofSeconds(80)));
        telemetry.journal().waits("f0", Duration.ofSeconds(7), Duration.ZERO);
        telemetry.journal().waits("f1", Duration.ofSeconds(6), Duration.ofSeconds(9));
        assertThat(telemetry.scrape())
                .contains("sluice_deliveries_waiting{state=\"due\"} 5.0")
                .contains("sluice_deliveries_waiting{state=\"later\"} 0.0")
                .contains("sluice_deliveries_waiting_oldest_seconds{state=\"due\"} 80.0")
                .contains("sluice_lanes_overdue_seconds 80.0")
                .contains("sluice_journal_oldest_seconds{state=\"unread\"} 7.0")
                .contains("sluice_journal_oldest_seconds{state=\"unsettled\"} 9.0");
    }

    @Test
    void whatRedisHasNotToldIsNoNumberAndNoneThatSaysThatNothingWaits() {
        assertThat(telemetry.scrape())
                .contains("sluice_deliveries_waiting{state=\"due\"} NaN")
                .contains("sluice_lanes_overdue_seconds NaN")
                .contains("sluice_journal_oldest_seconds{state=\"unread\"} NaN")
                .contains("sluice_journal_pending_events NaN")
                .contains("sluice_redis_memory_share NaN")
                .doesNotContain("sluice_drains_forced");
    }

    @Test
    void aRedisThatIsAwayHasNotBecomeEmptier() {
        telemetry.redis().looked(Set.of(Trouble.SHORT_OF_MEMORY), 0.92);
        telemetry.redis().looked(Set.of(Trouble.AWAY), 0);
        assertThat(telemetry.scrape())
                .contains("sluice_redis_memory_share 0.92")
                .contains("sluice_redis_trouble{trouble=\"away\"} 1.0");
        telemetry.redis().looked(Set.of(Trouble.PART_AWAY), 0.3);
        assertThat(telemetry.scrape()).contains("sluice_redis_memory_share 0.92");
        telemetry.redis().looked(Set.of(), 0.3);
        assertThat(telemetry.scrape()).contains("sluice_redis_memory_share 0.3");
    }

    @Test
    void tellsHowManyDrainsWereEndedByForceAsRedisCounts() {
        telemetry.drains().accept(3);
        assertThat(telemetry.scrape()).contains("sluice_drains_forced_total 3.0");
        telemetry.drains().accept(4);
        assertThat(telemetry.scrape()).contains("sluice_drains_forced_total 4.0");
    }

    @Test
    void ofWhatIsNeverShortItTellsOnlyHowMuchIsHeld() {
        Quota wire = new Quota(100);
        telemetry.memory(new Scarcity(List.of(Purpose.of("wire", wire), Purpose.asked("parked", 10, () -> 7))));
        assertThat(telemetry.scrape())
                .contains("sluice_memory_held_bytes{purpose=\"parked\"} 7.0")
                .contains("sluice_memory_short{purpose=\"wire\"} 0.0")
                .contains("sluice_memory_refusals_total{purpose=\"wire\"} 0.0")
                .doesNotContain("sluice_memory_short{purpose=\"parked\"}")
                .doesNotContain("sluice_memory_refusals_total{purpose=\"parked\"}");
    }

    private static Backlog backlog(long due, Duration oldest) {
        return new Backlog(Map.of(BacklogListener.State.DUE, new Part(due, oldest)), 10, 0, oldest);
    }
}
