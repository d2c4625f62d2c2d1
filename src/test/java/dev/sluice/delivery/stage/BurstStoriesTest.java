package dev.sluice.delivery.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.subscription.Pacing.Coalesce;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Webhooks;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Webhooks that are fed with bursts and want the last event of each, told on manual time. */
class BurstStoriesTest extends StageHarness {
    @Test
    void burstIsDeliveredAsItsLastEvent() {
        becomes(coalescing(Coalesce.By.WEBHOOK));
        for (int i = 0; i < 20; i++) {
            world.publish(webhook, i, i + 1);
            world.advance(Duration.ofMillis(500));
        }
        world.advance(Duration.ofSeconds(5));
        assertThat(world.eventsAt(webhook)).containsExactly(19);
        assertThat(world.tally.coalesced).isEqualTo(19);
        assertThat(world.settled()).isEqualTo(20);
    }

    @Test
    void burstThatDoesNotEndIsDeliveredNowAndThen() {
        becomes(coalescing(Coalesce.By.WEBHOOK));
        for (int i = 0; i < 60; i++) {
            world.publish(webhook, i, i + 1);
            world.advance(Duration.ofSeconds(1));
        }
        assertThat(world.attempts(webhook)).isBetween(2, 4);
    }

    @Test
    void keysHaveBurstsOfTheirOwn() {
        becomes(coalescing(Coalesce.By.KEY));
        world.publishKeyed(webhook, "a", 1, 2, 3);
        world.publishKeyed(webhook, "b", 4, 5);
        world.publish(webhook, 6, 8);
        assertThat(world.eventsAt(webhook)).containsExactly(6, 7);
        world.advance(Duration.ofSeconds(5));
        assertThat(world.eventsAt(webhook)).containsExactlyInAnyOrder(6, 7, 3, 5);
    }

    @Test
    void theEventOfALostClaimIsNotDeliveredAfterANewerOne() {
        becomes(coalescing(Coalesce.By.WEBHOOK));
        world.publish(webhook, 0, 1);
        world.clock.advance(Duration.ofSeconds(3));
        assertThat(world.parking.claim(World.lane(webhook), 1).result().deliveries())
                .hasSize(1);
        world.publish(webhook, 1, 2);
        world.advance(World.LEASE.multipliedBy(2));
        assertThat(world.eventsAt(webhook)).containsExactly(1);
        assertThat(world.tally.coalesced).isEqualTo(1);
    }

    private Webhook coalescing(Coalesce.By by) {
        return Webhooks.withCoalesce(webhook, new Coalesce(by, Duration.ofSeconds(2), Duration.ofSeconds(20)));
    }
}
