package dev.sluice.delivery.stage;

import static dev.sluice.testing.ScriptedSender.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Delivery;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.testing.NumberedEvents;
import dev.sluice.testing.Webhooks;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Stories of webhooks that are limited, paused, or slow, told on manual time. */
class PaceStoriesTest extends StageHarness {
    @Test
    void limitedWebhookGetsItsRateAndNoMoreHoweverMuchWaits() {
        becomes(Webhooks.withRateLimit(webhook, new RateLimit(100, Duration.ofSeconds(1), 10)));
        world.publish(webhook, 0, 3000);
        world.advance(Duration.ofSeconds(10));
        assertThat(world.attempts(webhook)).isBetween(980, 1010);
        world.advance(Duration.ofSeconds(10));
        assertThat(world.attempts(webhook)).isBetween(1970, 2010);
    }

    @Test
    void whatAPersonAskedForOfALimitedWebhookGoesAsSoonAsItsRateLetsItThoughItsCircuitIsOpen() {
        becomes(Webhooks.withRateLimit(webhook, new RateLimit(100, Duration.ofSeconds(1), 10)));
        world.endpoints.answers("wh_1", 500);
        world.publish(webhook, 0, 30);
        world.advance(Duration.ofMinutes(2));
        int before = world.attempts(webhook);
        world.advance(Duration.ofSeconds(1));
        assertThat(world.attempts(webhook)).as("its circuit is open").isEqualTo(before);
        world.parking.ask(
                World.lane(webhook), Delivery.id(NumberedEvents.event(29).id(), "wh_1"));
        world.advance(Duration.ofSeconds(1));
        assertThat(world.eventsAt(webhook)).hasSize(before + 1).endsWith(29);
        assertThat(world.parking.calls("claimAsked")).isEqualTo(1);
    }

    @Test
    void unlimitedWebhookAsksForNoToken() {
        world.publish(webhook, 0, 50);
        assertThat(world.rates.calls()).isZero();
    }

    @Test
    void pausedWebhookGetsEverythingWhenItIsResumed() {
        world.change(Webhooks.paused(Webhooks.nextVersion(webhook)));
        world.publish(Webhooks.paused(Webhooks.nextVersion(webhook)), 0, 30);
        world.advance(Duration.ofMinutes(30));
        assertThat(world.attempts(webhook)).isZero();
        assertThat(world.settled()).isEqualTo(30);
        world.change(Webhooks.nextVersion(Webhooks.nextVersion(webhook)));
        world.advance(Duration.ofSeconds(2));
        assertThat(world.eventsAt(webhook)).isEqualTo(range(0, 30));
    }

    @Test
    void attemptUnderWayEndsThoughItsWebhookIsPausedMeanwhile() {
        world.endpoints.hangs("wh_1");
        world.publish(webhook, 0, 20);
        world.change(Webhooks.paused(Webhooks.nextVersion(webhook)));
        world.endpoints.release(status(200));
        world.endTurn();
        assertThat(world.tally.delivered).isEqualTo(16);
        assertThat(world.parking.parked()).isEqualTo(4);
    }

    @Test
    void deliveriesThatHangGiveTheirCreditBack() {
        world.endpoints.hangs("wh_1");
        world.publish(webhook, 0, 16);
        assertThat(world.settled()).isZero();
        world.advance(Duration.ofSeconds(3));
        assertThat(world.settled()).isEqualTo(16);
        world.endpoints.release(status(200));
        world.endTurn();
        assertThat(world.parking.parked()).isZero();
        assertThat(world.tally.delivered).isEqualTo(16);
    }
}
