package dev.sluice.delivery.stage;

import static dev.sluice.testing.ScriptedSender.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.DeliveryListener.ParkReason;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Webhooks;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilentWebhooksTest extends StageHarness {
    @Test
    void whatIsForAWebhookThatCannotBeReadWaitsAndIsSentWhenItCan() {
        Webhook unreadable = Webhooks.unreadable(webhook, true);
        world.store(unreadable);
        world.publish(unreadable, 0, 3);
        world.advance(Duration.ofMinutes(1));
        assertThat(world.attempts(webhook)).isZero();
        assertThat(world.settled()).isEqualTo(3);
        assertThat(world.tally.parked).containsOnly(ParkReason.UNREADABLE);

        world.store(webhook);
        world.advance(Duration.ofSeconds(11));

        assertThat(world.eventsAt(webhook)).isEqualTo(range(0, 3));
    }

    @Test
    void whatWaitedSinceAFilterCouldNotBeReadIsSentOnlyIfTheWebhookWantsIt() {
        Webhook unreadable = Webhooks.unreadable(webhook, false);
        world.store(unreadable);
        world.publish(unreadable, 0, 3);

        world.store(Webhooks.ofSource(webhook, "another"));
        world.advance(Duration.ofSeconds(11));

        assertThat(world.attempts(webhook)).isZero();
        assertThat(world.tally.cancelled).isEqualTo(3);
        assertThat(world.parking.parked()).isZero();
    }

    @Test
    void stopsSendingWhenTheWebhookCannotBeReadAnyMore() {
        world.endpoints.answers("wh_1", 500);
        world.publish(webhook, 0, 1);
        world.store(Webhooks.unreadable(webhook, true));
        world.change(Webhooks.unreadable(webhook, true));
        world.advance(Duration.ofHours(1));
        assertThat(world.attempts(webhook)).isEqualTo(1);
        assertThat(world.parking.parked()).isEqualTo(1);
    }

    @Test
    void disabledWebhookGetsNothingUntilItIsEnabled() {
        world.endpoints.hangs("wh_1");
        world.publish(webhook, 0, 20);
        Webhook disabled = Webhooks.disabled(Webhooks.nextVersion(webhook));
        world.change(disabled);
        assertThat(world.tally.parked).hasSize(4).containsOnly(ParkReason.DISABLED);
        world.publish(webhook, 20, 22);
        world.advance(Duration.ofHours(1));
        assertThat(world.attempts(webhook)).isEqualTo(16);
        world.endpoints.release(status(200));
        world.endpoints.answers("wh_1", 200);
        Webhook enabled = new WebhookAgain(disabled).enabled();
        world.change(enabled);
        world.advance(Duration.ofSeconds(2));
        assertThat(world.eventsAt(webhook)).isEqualTo(range(0, 22));
        assertThat(world.settled()).isEqualTo(22);
    }

    @Test
    void enabledWebhookRunsWhenRedisIsBackIfItWasAwayThen() {
        Webhook disabled = Webhooks.disabled(Webhooks.nextVersion(webhook));
        world.change(disabled);
        world.publish(disabled, 0, 4);
        world.advance(Duration.ofSeconds(2));
        world.parking.goAway();
        world.change(new WebhookAgain(disabled).enabled());
        world.advance(Duration.ofSeconds(2));
        assertThat(world.attempts(webhook)).isZero();
        world.parking.comeBack();
        world.advance(Duration.ofSeconds(2));
        assertThat(world.eventsAt(webhook)).isEqualTo(range(0, 4));
    }

    /** The next version of a webhook, enabled. */
    private record WebhookAgain(Webhook former) {
        Webhook enabled() {
            Webhook fresh = Webhooks.webhook(former.id(), "**");
            for (long version = 1; version <= former.version(); version++) {
                fresh = Webhooks.nextVersion(fresh);
            }
            return fresh;
        }
    }

    @Test
    void deletedWebhookIsCancelledAndPurged() {
        world.endpoints.hangs("wh_1");
        world.publish(webhook, 0, 100);
        assertThat(world.parking.parked()).isPositive();
        world.delete(webhook);
        world.endpoints.release(status(500));
        world.advance(Duration.ofSeconds(10));
        assertThat(world.parking.parked()).isZero();
        assertThat(world.attempts(webhook)).isEqualTo(16);
        assertThat(world.tally.cancelled).isPositive();
        assertThat(world.settled()).isEqualTo(100);
    }

    @Test
    void endpointThatIsGoneBuriesTheDeliveryAndDisablesTheWebhook() {
        world.endpoints.answers("wh_1", 410);
        world.publish(webhook, 0, 1);
        Webhook stored = world.registry.find("default", "wh_1").result().orElseThrow();
        assertThat(stored.enabled()).isFalse();
        assertThat(stored.activity().disabledReason()).contains("410");
        assertThat(world.parking.dead()).hasSize(1);
        assertThat(world.settled()).isEqualTo(1);
    }
}
