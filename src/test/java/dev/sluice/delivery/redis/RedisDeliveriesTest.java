package dev.sluice.delivery.redis;

import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.delivery.Fate;
import dev.sluice.delivery.history.DeliveryState;
import dev.sluice.delivery.history.KnownDelivery;
import dev.sluice.delivery.history.WebhookState;
import dev.sluice.delivery.policy.pace.FoundPace;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.testing.Attempts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedisDeliveriesTest extends RedisDeliveriesHarness {
    @Test
    void tellsWhatIsKnownOfOneThatWaits() {
        String id = park(tried(1), HOUR);
        KnownDelivery known = find(id).orElseThrow();
        assertThat(known)
                .isEqualTo(new KnownDelivery(
                        id,
                        LANE,
                        "evt_00000001",
                        "entry.update",
                        DeliveryState.WAITING,
                        2,
                        known.at(),
                        null,
                        "{\"number\":1}\n{\"number\":2}\n"));
        assertThat(known.at()).isAfter(redisTime().plus(HOUR).minusSeconds(60));
        assertThat(ids(ALL)).containsExactly(id);
    }

    @Test
    void tellsWhatIsKnownOfOneThatIsDead() {
        String id = bury(1);
        KnownDelivery known = find(id).orElseThrow();
        assertThat(known.state()).isEqualTo(DeliveryState.DEAD);
        assertThat(known.lastOutcome()).isEqualTo("exhausted");
        assertThat(known.attempts()).isEqualTo(2);
        assertThat(known.at())
                .isEqualTo(LOOP.get(() -> letters.find(id)).orElseThrow().diedAt());
        assertThat(list(ALL, null, 10).deliveries()).containsExactly(known);
    }

    @Test
    void knowsWhatEndedFromTheAttempts() {
        log(
                LANE,
                Attempts.delivered("wh_1", 1),
                Attempts.ended("wh_1", 2, Fate.COALESCED),
                Attempts.ended("wh_1", 3, Fate.CANCELLED),
                Attempts.failed("wh_1", 4, 500));
        assertThat(IntStream.rangeClosed(1, 5)
                        .mapToObj(event -> find(Attempts.delivery("wh_1", event))
                                .map(KnownDelivery::state)
                                .orElse(null)))
                .containsExactly(
                        DeliveryState.DELIVERED,
                        DeliveryState.COALESCED,
                        DeliveryState.CANCELLED,
                        DeliveryState.GONE,
                        null);
        assertThat(ids(only(DeliveryState.DELIVERED))).containsExactly(Attempts.delivery("wh_1", 1));
        assertThat(ids(only(DeliveryState.COALESCED, DeliveryState.CANCELLED)))
                .containsExactly(Attempts.delivery("wh_1", 3), Attempts.delivery("wh_1", 2));
    }

    @Test
    void whatWaitsAgainIsNotWhatTheAttemptsSay() {
        String id = park(1, HOUR);
        log(LANE, Attempts.delivered("wh_1", 1));
        assertThat(find(id).orElseThrow().state()).isEqualTo(DeliveryState.WAITING);
    }

    @Test
    void knowsNothingOfWhatIsNoDelivery() {
        assertThat(find("nonsense")).isEmpty();
        assertThat(find("dlv_1_1")).isEmpty();
        assertThat(LOOP.get(() -> deliveries.find(List.of()))).isEmpty();
    }

    @Test
    void findsManyInTheirOrder() {
        List<String> ids = IntStream.range(0, 50)
                .mapToObj(i -> i % 2 == 0 ? park(i, HOUR) : Attempts.delivery("wh_1", i))
                .toList();
        List<String> found = LOOP.get(() -> deliveries.find(ids)).stream()
                .map(known -> known.map(KnownDelivery::id).orElse(""))
                .toList();
        for (int i = 0; i < ids.size(); i++) {
            assertThat(found.get(i)).isEqualTo(i % 2 == 0 ? ids.get(i) : "");
        }
    }

    @Test
    void tellsHowEachOfManyWebhooksDoes() {
        park(1, HOUR);
        park(2, HOUR);
        bury(3);
        log(LANE, Attempts.delivered("wh_1", 4));
        RateLimit limit = new RateLimit(1, Duration.ofMillis(200), 1);
        FoundPace pace = new FoundPace(4.5, 1, Duration.ofSeconds(1), false);
        LOOP.get(() -> new RedisRateLimits(link, homes, Duration.ofMillis(100)).slow(LANE, 0, pace, limit));
        RedisWebhookStates states = new RedisWebhookStates(letters, log, new RedisPaces(link, homes));
        List<WebhookState> told = LOOP.get(() -> states.of(List.of("wh_2", "wh_1")));
        assertThat(told.get(0)).isEqualTo(new WebhookState(Optional.empty(), 0, 0, Optional.empty()));
        assertThat(told.get(1).pace().orElseThrow().perSecond()).isEqualTo(4.5);
        assertThat(told.get(1).pace().orElseThrow().since()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(told.get(1).parked()).isEqualTo(2);
        assertThat(told.get(1).deadLetters()).isEqualTo(1);
        assertThat(told.get(1).standing().orElseThrow().last()).isEqualTo(Attempts.delivered("wh_1", 4));
        assertThat(LOOP.get(() -> states.of(List.of()))).isEmpty();
    }
}
