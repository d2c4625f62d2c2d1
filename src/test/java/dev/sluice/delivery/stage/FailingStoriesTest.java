package dev.sluice.delivery.stage;

import static dev.sluice.testing.ScriptedSender.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.event.Attributes;
import dev.sluice.testing.NumberedEvents;
import dev.sluice.testing.Webhooks;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that fail, and what becomes of their webhooks, told on manual time. */
class FailingStoriesTest extends StageHarness {
    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void endpointThatFailsHalfOfTheFirstAttemptsGetsEverythingAlmostAtOnce(int status) {
        world.endpoints.script(
                "wh_1",
                attempt -> attempt.number() == 1 && NumberedEvents.number(attempt.event()) % 2 == 0
                        ? status(status)
                        : status(200));
        for (int second = 0; second < 60; second++) {
            world.publish(webhook, 20 * second, 20 * second + 20);
            world.advance(Duration.ofSeconds(1));
        }
        assertThat(world.tally.delivered).isGreaterThan(1000);
        world.advance(Duration.ofSeconds(15));
        assertThat(world.tally.delivered).isEqualTo(1200);
        assertThat(world.attempts(webhook)).isEqualTo(1800);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void endpointThatIsDownIsLeftAlone(int status) {
        world.endpoints.answers("wh_1", status);
        for (int second = 0; second < 60; second++) {
            world.publish(webhook, 20 * second, 20 * second + 20);
            world.advance(Duration.ofSeconds(1));
        }
        assertThat(world.attempts(webhook)).isLessThan(30);
    }

    @Test
    void deadLetterIsToldToWhoSubscribedToThat() {
        becomes(Webhooks.withRetry(webhook, Duration.ofSeconds(1)));
        world.endpoints.answers("wh_1", 404);
        world.publish(webhook, 0, 1);
        world.advance(Duration.ofSeconds(3));
        Attributes told = world.appended.get(0).attributes();
        assertThat(world.appended).hasSize(1);
        assertThat(told.get(Attributes.TYPE)).isEqualTo("delivery.exhausted");
        assertThat(told.get(Attributes.SOURCE)).isEqualTo("sluice");
        assertThat(world.appended.get(0).data().toJsonObject().getString("webhook"))
                .isEqualTo("wh_1");
    }

    @Test
    void webhookThatIsGoneIsDisabledAndThatIsTold() {
        world.endpoints.answers("wh_1", 410);
        world.publish(webhook, 0, 1);
        world.advance(Duration.ofSeconds(1));
        assertThat(world.appended.stream().map(draft -> draft.attributes().get(Attributes.TYPE)))
                .contains("webhook.disabled");
    }

    @Test
    void webhookThatOnlyFailsForFiveDaysIsDisabled() {
        world.endpoints.answers("wh_1", 500);
        int halfHours = 5 * 24 * 2;
        for (int i = 0; i < halfHours; i++) {
            world.publish(webhook, i, i + 1);
            world.advance(Duration.ofMinutes(30), Duration.ofSeconds(5));
        }
        assertThat(stored().enabled()).isTrue();
        world.publish(webhook, halfHours, halfHours + 1);
        world.advance(Duration.ofSeconds(5));
        assertThat(stored().enabled()).isFalse();
        assertThat(stored().activity().disabledReason())
                .startsWith("every attempt since")
                .endsWith("was refused or failed");
    }

    @Test
    void webhookThatSaysNotYetForFiveDaysIsDisabledThoughThatIsNoFailure() {
        world.endpoints.script("wh_1", attempt -> new Answer.Status(429, "30", null, "", Duration.ZERO));
        int halfHours = 5 * 24 * 2;
        for (int i = 0; i < halfHours; i++) {
            world.publish(webhook, i, i + 1);
            world.advance(Duration.ofMinutes(30), Duration.ofSeconds(5));
        }
        assertThat(stored().enabled()).isTrue();
        world.publish(webhook, halfHours, halfHours + 1);
        world.advance(Duration.ofMinutes(1));
        assertThat(stored().enabled()).isFalse();
    }
}
