package dev.sluice.delivery.redis;

import static dev.sluice.delivery.ParkingSite.finish;
import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.delivery.ParkingSite.kept;
import static dev.sluice.delivery.ParkingSite.park;
import static dev.sluice.delivery.ParkingSite.taken;
import static dev.sluice.delivery.ParkingSite.tried;
import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking.Claimed;
import dev.sluice.event.Event;
import dev.sluice.redis.Keys;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of deliveries that a pod holds when Redis loses them. */
class RedisParkingLossTest extends RedisPlace {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    @Override
    RedisServer redis() {
        return REDIS;
    }

    @Override
    Loop loop() {
        return LOOP;
    }

    @Test
    void aFailedDeliveryThatRedisLostIsParkedAgainWholeAndFirstOfItsKey() {
        write(park(fresh(1, "a")));
        Claimed claimed = claimOne();
        loseEverything();
        Delivery failed = kept(fresh(1, "a"), 1);
        write(park(fresh(2, "a")), new Outcome.Park(failed, 0, Duration.ZERO));
        Claimed again = claimOne();
        assertThat(again.event()).isEqualTo(claimed.event());
        assertThat(again.attempts()).isEqualTo(1);
        write(finish(again));
        assertThat(claimOne().event()).isEqualTo(event(2));
    }

    @Test
    void whatRedisLostDiesOrGoesBackWholeToo() {
        write(park(fresh(1)), park(fresh(2)), park(fresh(3)));
        List<Claimed> claimed = claimAll();
        loseEverything();
        write(
                new Outcome.Bury(taken(claimed.get(0), 1), 0, "exhausted"),
                new Outcome.Return(taken(claimed.get(1)), claimed.get(1).place()),
                finish(claimed.get(2)));
        assertThat(REDIS.command("HEXISTS", Keys.delivery("q0") + claimed.get(0).id(), "$packed"))
                .isEqualTo(":1");
        assertThat(claimAll()).extracting(Claimed::event).containsExactly(event(2));
        assertThat(backlog().bytes()).isEqualTo(PackedSize.of(event(2)));
    }

    @Test
    void whatRedisLostTakesItsPlaceByAgeAgain() {
        Event young = acceptedAgo(Duration.ofSeconds(1));
        Event old = acceptedAgo(Duration.ofSeconds(50));
        Event middle = acceptedAgo(Duration.ofSeconds(20));
        write(new Outcome.Keep(fresh(young)), new Outcome.Keep(fresh(old)));
        loseEverything();
        write(park(fresh(middle)));
        write(
                new Outcome.Park(kept(fresh(young), 1), 0, Duration.ZERO),
                new Outcome.Park(kept(fresh(old), 1), 0, Duration.ZERO));
        assertThat(claimAll())
                .extracting(claimed -> claimed.event().id())
                .containsExactly(old.id(), middle.id(), young.id());
    }

    @Test
    void whatRedisLostAndWaitsForATimeHasItsPlaceByAgeOnlyThen() {
        Delivery lost = fresh(acceptedAgo(Duration.ofSeconds(50)));
        write(new Outcome.Keep(lost));
        loseEverything();
        write(new Outcome.Park(kept(lost, 1), 0, LONG));
        String fraction = "return redis.call('ZSCORE', KEYS[1], ARGV[1]) % 1 * 100";
        assertThat(REDIS.command("EVAL", fraction, "1", Keys.due("q0", LANE.webhookId()), lost.id()))
                .as("a quarter of a millisecond tells that it waits for that time")
                .isEqualTo(":25");
    }

    @Test
    void whatIsKeptAndLostIsParkedAgain() {
        write(new Outcome.Keep(fresh(1)));
        loseEverything();
        write(new Outcome.Park(kept(fresh(1), 1), 0, Duration.ZERO));
        assertThat(claimOne().event()).isEqualTo(event(1));
    }

    @Test
    void writtenAgainWholeItChangesNothingOfWhatRedisDidNotLose() {
        write(park(fresh(1, "a")), park(fresh(2, "a")));
        Claimed claimed = claimOne();
        breakConnections();
        write(tried(claimed, Duration.ZERO));
        write(tried(claimed, LONG));
        assertThat(backlog().bytes()).isEqualTo(2L * PackedSize.of(event(1)));
        assertThat(claimAll()).extracting(Claimed::attempts).containsExactly(1);
    }

    @Test
    void whoeverWasCutOffIsToldAllRestsAgain() {
        write(new Outcome.Park(fresh(1), 0, Duration.ZERO, LONG));
        assertThat(get(() -> parking.wake(0, 10)).resting()).hasSize(1);
        breakConnections();
        assertThat(get(() -> parking.wake(0, 10)).resting()).hasSize(1);
    }

    /** As after a restart with what the disk had some time ago. */
    private void loseEverything() {
        REDIS.flushAll();
        breakConnections();
    }

    private void breakConnections() {
        REDIS.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        LOOP.until(() -> link.send(Request.cmd(Command.PING)), pong -> true);
        LOOP.until(() -> parking.write(LANE, List.of(), Duration.ZERO), written -> true);
    }
}
