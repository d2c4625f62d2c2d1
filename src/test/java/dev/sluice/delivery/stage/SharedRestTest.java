package dev.sluice.delivery.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bus.Bus;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.ParkingSite;
import dev.sluice.delivery.redis.DeliveryConfigs;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Loop;
import dev.sluice.testing.Webhooks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An endpoint that asked another pod to be left alone, told on manual time. */
class SharedRestTest {
    @RegisterExtension
    static final Loop LOOP = new Loop();

    private static final Bus BUS = new Bus(LOOP.vertx());
    private static final Duration ASKED = Duration.ofSeconds(30);
    private static int worlds;

    private World world;
    private Webhook webhook;

    @BeforeEach
    void begin() {
        world = new World(LOOP, BUS, "settled.rest." + worlds++, 0.5);
        webhook = world.save(Webhooks.webhook("wh_1", "**"));
    }

    private void anotherPodIsAskedFor(Duration rest) {
        Delivery failed = ParkingSite.fresh(99);
        world.parking
                .with(DeliveryConfigs.parking(World.LEASE))
                .write(
                        World.lane(webhook),
                        List.of(new Outcome.Park(failed, 0, Duration.ofHours(1), rest)),
                        Duration.ZERO);
    }

    @Test
    void freshDeliveriesWaitAsLongAsTheEndpointAskedAnotherPodFor() {
        world.publish(webhook, 0, 5);
        anotherPodIsAskedFor(ASKED);
        world.advance(Duration.ofMillis(400));
        world.publish(webhook, 5, 10);
        world.advance(ASKED.minusMillis(500));
        assertThat(world.eventsAt(webhook)).containsExactly(0, 1, 2, 3, 4);
        world.advance(Duration.ofSeconds(1));
        assertThat(world.eventsAt(webhook)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void aPodThatHadNothingForTheWebhookYetWaitsToo() {
        anotherPodIsAskedFor(ASKED);
        world.advance(Duration.ofMillis(400));
        world.publish(webhook, 0, 1);
        world.advance(ASKED.minusMillis(500));
        assertThat(world.attempts(webhook)).isZero();
        world.advance(Duration.ofSeconds(1));
        assertThat(world.attempts(webhook)).isEqualTo(1);
    }

    @Test
    void whatWaitsInTheLaneWaitsInRedis() {
        world.endpoints.hangs("wh_1");
        world.publish(webhook, 0, 20);
        int under = world.endpoints.hanging();
        anotherPodIsAskedFor(ASKED);
        world.advance(Duration.ofMillis(400));
        assertThat(world.parking.parked()).isEqualTo(20 - under + 1);
    }

    @Test
    void otherWebhooksGoOn() {
        Webhook other = world.save(Webhooks.webhook("wh_2", "**"));
        anotherPodIsAskedFor(ASKED);
        world.advance(Duration.ofMillis(400));
        world.publish(other, 0, 3);
        assertThat(world.attempts(other)).isEqualTo(3);
    }

    @Test
    void aRestOfADeletedWebhookHoldsNothingBack() {
        world.delete(webhook);
        anotherPodIsAskedFor(ASKED);
        world.advance(Duration.ofHours(1).plusMinutes(1), Duration.ofSeconds(10));
        assertThat(world.attempts(webhook)).isZero();
        assertThat(world.parking.parked()).isZero();
    }
}
