package dev.sluice.delivery.stage;

import static dev.sluice.testing.ScriptedSender.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.subscription.Webhook;
import dev.sluice.testing.ScriptedSender;
import dev.sluice.testing.Webhooks;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Webhooks that are given another URL while the former holds something, told on manual time. */
class MovedStoriesTest extends StageHarness {
    @Test
    void anotherUrlIsCalledAtOnceThoughTheFormerWasHeld() {
        world.endpoints.script(
                "wh_1",
                attempt -> attempt.webhook().target().url().getHost().equals("well.example")
                        ? status(200)
                        : ScriptedSender.busy("3600"));
        world.publish(webhook, 0, 1);
        world.publish(webhook, 1, 21);
        world.advance(Duration.ofSeconds(60));
        assertThat(world.attempts(webhook)).isOne();
        Webhook moved = Webhooks.moved(Webhooks.nextVersion(webhook), "http://well.example/");
        world.change(moved);
        world.publish(moved, 21, 31);
        assertThat(world.tally.delivered).isEqualTo(10);
        world.advance(Duration.ofSeconds(1));
        assertThat(world.tally.delivered).isEqualTo(30);
    }

    @Test
    void whatAFormerUrlSaysDoesNotHoldTheNextOne() {
        world.endpoints.hangs("wh_1");
        world.publish(webhook, 0, 10);
        Webhook moved = Webhooks.moved(Webhooks.nextVersion(webhook), "http://well.example/");
        world.change(moved);
        world.endpoints.release(ScriptedSender.busy("3600"));
        world.endTurn();
        world.endpoints.answers("wh_1", 200);
        world.publish(moved, 10, 20);
        assertThat(world.tally.delivered).isEqualTo(10);
    }

    @Test
    void aFormerUrlThatIsGoneDoesNotDisableTheWebhook() {
        world.endpoints.hangs("wh_1");
        world.publish(webhook, 0, 1);
        world.change(Webhooks.moved(Webhooks.nextVersion(webhook), "http://well.example/"));
        world.endpoints.release(status(410));
        world.endTurn();
        assertThat(stored().enabled()).isTrue();
    }
}
