package dev.sluice.delivery.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bus.Bus;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Loop;
import dev.sluice.testing.NumberedEvents;
import dev.sluice.testing.Webhooks;
import java.time.Duration;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that say not yet to some for another reason than how much they are asked, told on manual time. */
class RefusalStoriesTest {
    @RegisterExtension
    static final Loop LOOP = new Loop();

    private static final Bus BUS = new Bus(LOOP.vertx());
    private static final Duration LATENCY = Duration.ofMillis(20);
    private static int worlds;

    private World world;
    private Webhook webhook;

    @BeforeEach
    void begin() {
        world = new World(LOOP, BUS, "settled.refusal." + worlds++, 0.5);
        webhook = world.save(Webhooks.withMaxInFlight(Webhooks.webhook("wh_1", "**"), 64));
    }

    private void refuses(int status, IntPredicate events) {
        world.endpoints.answersAfter(LATENCY, world.timers, webhook.id(), attempt -> {
            boolean isRefused = events.test(NumberedEvents.number(attempt.event()));
            return new Answer.Status(isRefused ? status : 200, isRefused ? "1" : null, null, "", LATENCY);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void oneThatIsRefusedForWhatItIsHoldsUpNothingElse(int status) {
        refuses(status, event -> event == 0);
        world.publish(webhook, 0, 300);
        world.advance(Duration.ofSeconds(30));
        assertThat(world.tally.delivered).isEqualTo(299);
        world.publish(webhook, 300, 400);
        world.advance(Duration.ofSeconds(5));
        assertThat(world.tally.delivered).isEqualTo(399);
    }

    @Test
    void aFewThatAreRefusedForWhatTheyAreHoldUpNothingElse() {
        refuses(429, event -> event % 20 == 0);
        world.publish(webhook, 0, 100);
        world.advance(Duration.ofMinutes(2));
        assertThat(world.tally.delivered).isEqualTo(95);
    }

    @Test
    void theYoungestToo() {
        refuses(429, event -> event == 99);
        world.publish(webhook, 0, 100);
        world.advance(Duration.ofSeconds(30));
        assertThat(world.tally.delivered).isEqualTo(99);
    }

    @Test
    void aRefusalTakesNoTokenOfASlowerLimitOfTheWebhooksOwn() {
        webhook = Webhooks.withRateLimit(webhook, new RateLimit(10, Duration.ofDays(1), 10));
        world.change(Webhooks.nextVersion(webhook));
        refuses(429, event -> event == 1 && world.attempts(webhook) == 2);
        for (int event = 0; event < 6; event++) {
            world.publish(webhook, event, event + 1);
            world.advance(Duration.ofSeconds(3));
        }
        assertThat(world.tally.delivered).isEqualTo(6);
        assertThat(world.attempts(webhook)).isEqualTo(7);
    }
}
