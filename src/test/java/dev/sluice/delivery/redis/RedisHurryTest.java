package dev.sluice.delivery.redis;

import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.testing.NumberedEvents.event;
import static dev.sluice.testing.NumberedEvents.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking.Claimed;
import dev.sluice.delivery.Parking.Woken;
import dev.sluice.delivery.history.DeliveryState;
import dev.sluice.event.Event;
import dev.sluice.subscription.Homes;
import dev.sluice.testing.Webhooks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisHurryTest extends RedisDeliveriesHarness {
    @Test
    void makesAWaitingOneDueNow() {
        String id = park(1, HOUR);
        assertThat(claim()).isEmpty();
        assertThat(hurry(id).orElseThrow()).isBeforeOrEqualTo(redisTime());
        assertThat(LOOP.get(() -> parking.wake(shard(), 10)).asked()).containsExactly(LANE);
        assertThat(claim()).containsExactly(id);
    }

    @Test
    void makesOneThatIsDueSoonDueNow() {
        String id = park(1, LEASE.dividedBy(2));
        assertThat(hurry(id).orElseThrow()).isBeforeOrEqualTo(redisTime());
        assertThat(claim()).containsExactly(id);
    }

    private static int shard() {
        return new Homes(2, 1).shardOf(LANE.webhookId());
    }

    @Test
    void whatAPersonAskedForGoesThoughItsLaneRestsAndNothingElse() {
        park(1, Duration.ZERO);
        String asked = park(2, HOUR);
        write(Duration.ofMinutes(30), new Outcome.Park(fresh(3), 0, HOUR));
        assertThat(claim()).isEmpty();
        assertThat(hurry(asked).orElseThrow()).isBeforeOrEqualTo(redisTime());
        LOOP.get(() -> parking.rest(LANE, HOUR));
        assertThat(LOOP.get(() -> parking.wake(shard(), 10)).asked()).containsExactly(LANE);
        List<Claimed> claimed = LOOP.get(() -> parking.claimAsked(LANE)).deliveries();
        assertThat(claimed).extracting(Claimed::id).containsExactly(asked);
        assertThat(claimed).allMatch(Claimed::isAsked);
        assertThat(LOOP.get(() -> parking.claimAsked(LANE)).deliveries()).isEmpty();
        assertThat(claim()).isEmpty();
    }

    @Test
    void whatAPersonAskedForOfAPausedWebhookWaitsWithTheOthers() {
        String asked = park(1, HOUR);
        hurry(asked);
        LOOP.get(() -> parking.sleep(LANE));
        assertThat(LOOP.get(() -> parking.wake(shard(), 10)))
                .isEqualTo(new Woken(List.of(), List.of(), List.of(), false));
        LOOP.get(() -> parking.rouse(LANE));
        assertThat(LOOP.get(() -> parking.wake(shard(), 10)).asked()).containsExactly(LANE);
    }

    @Test
    void anotherTargetDoesNotRestByTheWishesOfTheFormer() {
        String id = park(1, Duration.ZERO);
        write(Duration.ofMinutes(30), new Outcome.Park(fresh(2), 0, HOUR));
        assertThat(claim()).isEmpty();
        LOOP.get(() -> parking.release(LANE));
        assertThat(LOOP.get(() -> parking.wake(shard(), 10)).lanes()).containsExactly(LANE);
        assertThat(claim()).containsExactly(id);
    }

    @Test
    void leavesWhatAPodHoldsToIt() {
        String id = park(1, Duration.ZERO);
        assertThat(claim()).containsExactly(id);
        assertThat(hurry(id).orElseThrow()).isAfter(redisTime().plus(LEASE).minusSeconds(30));
        assertThat(claim()).isEmpty();
    }

    @Test
    void hurriesNothingThatWaitsBehindAnotherOrNotAtAll() {
        park(fresh(keyed(1, "k"), LANE, "k"), HOUR);
        String behind = park(fresh(keyed(2, "k"), LANE, "k"), Duration.ZERO);
        assertThat(hurry(behind)).isEmpty();
        assertThat(hurry(bury(3))).isEmpty();
        assertThat(hurry("dlv_9_1")).isEmpty();
        assertThat(claim()).isEmpty();
    }

    private void send(Event event) {
        LOOP.get(() -> deliveries.send(event, Webhooks.webhook("wh_1")));
    }

    @Test
    void sendsAnEventAgainAsIfForTheFirstTime() {
        send(event(1));
        Claimed claimed = LOOP.get(() -> parking.claim(LANE, 10)).deliveries().get(0);
        assertThat(claimed.id()).isEqualTo("dlv_00000001_1");
        assertThat(claimed.event()).isEqualTo(event(1));
        assertThat(claimed.attempts()).isZero();
    }

    @Test
    void sendsAlsoWhereRedisForgotTheScript() {
        REDIS.command("SCRIPT", "FLUSH");
        send(event(1));
        assertThat(claim()).hasSize(1);
    }

    @Test
    void sendsNothingTwiceAtOnce() {
        park(tried(1), HOUR);
        bury(2);
        send(event(1));
        send(event(2));
        assertThat(claim()).isEmpty();
        assertThat(find("dlv_00000001_1").orElseThrow().attempts()).isEqualTo(2);
        assertThat(find("dlv_00000002_1").orElseThrow().state()).isEqualTo(DeliveryState.DEAD);
    }

    @Test
    void sendsToAnOrderedWebhookBehindOthersOfTheKey() {
        park(fresh(keyed(2, "k"), LANE, "k"), HOUR);
        LOOP.get(() -> deliveries.send(keyed(1, "k"), Webhooks.ordered(Webhooks.webhook("wh_1"))));
        assertThat(claim()).isEmpty();
        assertThat(find("dlv_00000001_1").orElseThrow().at()).isNull();
    }
}
