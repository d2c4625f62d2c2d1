package dev.sluice.delivery.stage;

import static dev.sluice.testing.ScriptedSender.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bus.Bus;
import dev.sluice.delivery.DeliveryListener.ParkReason;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Loop;
import dev.sluice.testing.Webhooks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Stories of events that are large for the memory that there is, told on manual time. */
class LargeEventStoriesTest {
    @RegisterExtension
    static final Loop LOOP = new Loop();

    private static final Bus BUS = new Bus(LOOP.vertx());
    private static final int LARGE = 100_000;
    private static int worlds;

    private World world;
    private Webhook other;

    @BeforeEach
    void begin() {
        world = new World(LOOP, BUS, "settled.large." + worlds++, 0.5);
        other = world.save(Webhooks.webhook("wh_other", "**"));
    }

    private Webhook hanging(String id) {
        Webhook webhook = world.save(Webhooks.webhook(id, "**"));
        world.endpoints.hangs(id);
        return webhook;
    }

    @Test
    void laneThatHangsParksWhatIsBeyondItsBytesThoughItsNumberIsSmall() {
        Webhook hanging = hanging("wh_1");
        world.publishLarge(hanging, 0, 30, LARGE);
        assertThat(world.tally.parked).containsOnly(ParkReason.FULL);
        assertThat(world.settled()).isGreaterThan(30 - (int) (World.POOL_BYTES / LARGE));
        world.publishLarge(other, 100, 130, LARGE);
        assertThat(world.eventsAt(other)).hasSize(30);
    }

    @Test
    void manyLanesThatHangLeaveTheWireToOneThatAnswers() {
        List<Webhook> hanging = new ArrayList<>();
        IntStream.range(0, 60).forEach(i -> hanging.add(hanging("wh_" + i)));
        world.publishLarge(other, 0, 1, LARGE);
        hanging.forEach(webhook -> world.publishLarge(webhook, 0, 4, LARGE));
        assertThat(world.wire.held()).isLessThanOrEqualTo(World.WIRE);
        world.publishLarge(other, 1, 31, LARGE);
        assertThat(world.eventsAt(other)).hasSize(31);
        world.advance(Duration.ofSeconds(10));
        world.publishLarge(other, 31, 61, LARGE);
        assertThat(world.eventsAt(other)).hasSize(61);
        assertThat(world.wire.held()).isLessThanOrEqualTo(World.WIRE);
    }

    @Test
    void lanesThatWaitForTheWireGoOnWhenOthersEnd() {
        List<Webhook> hanging = new ArrayList<>();
        IntStream.range(0, 60).forEach(i -> hanging.add(hanging("wh_" + i)));
        hanging.forEach(webhook -> world.publishLarge(webhook, 0, 1, LARGE));
        assertThat(world.endpoints.hanging()).isLessThan(40);
        hanging.forEach(webhook -> world.endpoints.answers(webhook.id(), 200));
        world.endpoints.release(status(200));
        world.advance(Duration.ofSeconds(5));
        assertThat(hanging)
                .allSatisfy(webhook -> assertThat(world.attempts(webhook)).isEqualTo(1));
        assertThat(world.wire.held()).isZero();
    }

    @Test
    void whatTakesLongIsWrittenDownOnlyAsFarAsThereIsRoomForIt() {
        Webhook hanging = hanging("wh_1");
        for (int second = 0; second < 30; second++) {
            world.publishLarge(hanging, 10 * second, 10 * second + 10, LARGE);
            world.advance(Duration.ofSeconds(1));
        }
        long atMost = World.POOL_BYTES / 2 + World.POOL_BYTES / 2;
        assertThat((long) world.endpoints.hanging() * LARGE).isLessThanOrEqualTo(atMost);
        assertThat(world.settled()).isGreaterThanOrEqualTo(300 - (int) (World.POOL_BYTES / 2 / LARGE) - 1);
        world.publishLarge(other, 1000, 1010, LARGE);
        assertThat(world.eventsAt(other)).hasSize(10);
    }

    @Test
    void claimsNoMoreBytesThanTheLaneMayHoldOfWhatRedisHas() {
        Webhook hanging = hanging("wh_1");
        world.change(Webhooks.paused(Webhooks.nextVersion(hanging)));
        world.publishLarge(Webhooks.paused(Webhooks.nextVersion(hanging)), 0, 50, LARGE);
        assertThat(world.parking.parked()).isEqualTo(50);
        world.change(Webhooks.nextVersion(Webhooks.nextVersion(hanging)));
        world.advance(Duration.ofSeconds(5));
        assertThat(world.endpoints.hanging()).isBetween(1, (int) (World.PARKED_BYTES / 2 / LARGE) + 1);
        world.endpoints.answers("wh_1", 200);
        world.endpoints.release(status(200));
        world.advance(Duration.ofSeconds(10));
        assertThat(world.eventsAt(hanging)).hasSize(50);
        assertThat(world.parking.parked()).isZero();
    }

    /** Of these the fan-out's window is held, and while it is full nobody gets anything. */
    private int unsettled() {
        return world.tally.placed - world.settled();
    }

    @Test
    void whatWaitsForTheWireLeavesRoomInTheWindowOfTheFanOut() {
        List<Webhook> hanging = new ArrayList<>();
        IntStream.range(0, 60).forEach(i -> hanging.add(hanging("wh_" + i)));
        for (int event = 0; event < 5; event++) {
            int number = event;
            hanging.forEach(webhook -> world.publishLarge(webhook, number, number + 1, LARGE));
            world.advance(Duration.ofSeconds(3));
            assertThat((long) unsettled() * LARGE).as("bytes").isLessThan(World.POOL_BYTES);
        }
        assertThat(world.endpoints.hanging()).as("the wire is full").isLessThan(60);
    }

    @Test
    void oneThatWaitsInEachOfManyLanesLeavesRoomInTheWindowOfTheFanOut() {
        List<Webhook> hanging = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            hanging.add(world.save(Webhooks.withMaxInFlight(Webhooks.webhook("wh_" + i, "**"), 1)));
            world.endpoints.hangs("wh_" + i);
        }
        hanging.forEach(webhook -> world.publish(webhook, 0, 2));
        world.advance(Duration.ofSeconds(3));
        assertThat(world.endpoints.hanging()).isEqualTo(100);
        assertThat(unsettled()).isLessThan(World.POOL);
    }

    @Test
    void whatHangsAndWhatWaitsForItKeepNobodyFromWhatIsParked() {
        world.publish(other, 0, 1);
        List<Webhook> hanging = new ArrayList<>();
        IntStream.range(0, 60).forEach(i -> hanging.add(hanging("wh_" + i)));
        for (int event = 0; event < 5; event++) {
            int number = event;
            hanging.forEach(webhook -> world.publishLarge(webhook, number, number + 1, LARGE));
            world.advance(Duration.ofSeconds(3));
        }
        world.endpoints.answers(other.id(), 500);
        world.publish(other, 1, 2);
        world.endpoints.answers(other.id(), 200);
        world.advance(Duration.ofSeconds(30));
        assertThat(world.eventsAt(other)).containsExactly(0, 1, 1);
    }
}
