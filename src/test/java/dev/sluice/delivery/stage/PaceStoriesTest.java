package dev.sluice.delivery.stage;

import static dev.sluice.testing.ScriptedSender.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bus.Bus;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.event.Attributes;
import dev.sluice.subscription.Pacing.Coalesce;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Loop;
import dev.sluice.testing.NumberedEvents;
import dev.sluice.testing.ScriptedSender;
import dev.sluice.testing.Webhooks;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stories of webhooks that are limited, paused, or fed with bursts, told on manual time. */
class PaceStoriesTest {
    @RegisterExtension
    static final Loop LOOP = new Loop();

    private static final Bus BUS = new Bus(LOOP.vertx());
    private static int worlds;

    private World world;
    private Webhook webhook;

    @BeforeEach
    void begin() {
        world = new World(LOOP, BUS, "settled.pace." + worlds++, 0.5);
        webhook = Webhooks.webhook("wh_1", "**");
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    @Test
    void limitedWebhookGetsItsRateAndNoMoreHoweverMuchWaits() {
        world.save(Webhooks.withRateLimit(webhook, new RateLimit(100, Duration.ofSeconds(1), 10)));
        webhook = Webhooks.withRateLimit(webhook, new RateLimit(100, Duration.ofSeconds(1), 10));
        world.publish(webhook, 0, 3000);
        world.advance(Duration.ofSeconds(10));
        assertThat(world.attempts(webhook)).isBetween(980, 1010);
        world.advance(Duration.ofSeconds(10));
        assertThat(world.attempts(webhook)).isBetween(1970, 2010);
    }

    @Test
    void whatAPersonAskedForOfALimitedWebhookGoesAsSoonAsItsRateLetsItThoughItsCircuitIsOpen() {
        webhook = world.save(Webhooks.withRateLimit(webhook, new RateLimit(100, Duration.ofSeconds(1), 10)));
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
        world.publish(world.save(webhook), 0, 50);
        assertThat(world.rates.calls()).isZero();
    }

    @Test
    void pausedWebhookGetsEverythingWhenItIsResumed() {
        world.save(webhook);
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
        world.save(webhook);
        world.endpoints.hangs("wh_1");
        world.publish(webhook, 0, 20);
        world.change(Webhooks.paused(Webhooks.nextVersion(webhook)));
        world.endpoints.release(status(200));
        world.endTurn();
        assertThat(world.tally.delivered).isEqualTo(16);
        assertThat(world.parking.parked()).isEqualTo(4);
    }

    @Test
    void burstIsDeliveredAsItsLastEvent() {
        webhook = world.save(coalescing(Coalesce.By.WEBHOOK));
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
        webhook = world.save(coalescing(Coalesce.By.WEBHOOK));
        for (int i = 0; i < 60; i++) {
            world.publish(webhook, i, i + 1);
            world.advance(Duration.ofSeconds(1));
        }
        assertThat(world.attempts(webhook)).isBetween(2, 4);
    }

    @Test
    void keysHaveBurstsOfTheirOwn() {
        webhook = world.save(coalescing(Coalesce.By.KEY));
        world.publishKeyed(webhook, "a", 1, 2, 3);
        world.publishKeyed(webhook, "b", 4, 5);
        world.publish(webhook, 6, 8);
        assertThat(world.eventsAt(webhook)).containsExactly(6, 7);
        world.advance(Duration.ofSeconds(5));
        assertThat(world.eventsAt(webhook)).containsExactlyInAnyOrder(6, 7, 3, 5);
    }

    @Test
    void theEventOfALostClaimIsNotDeliveredAfterANewerOne() {
        webhook = world.save(coalescing(Coalesce.By.WEBHOOK));
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

    @Test
    void deliveriesThatHangGiveTheirCreditBack() {
        world.save(webhook);
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

    @Test
    void deadLetterIsToldToWhoSubscribedToThat() {
        webhook = world.save(Webhooks.withRetry(webhook, Duration.ofSeconds(1)));
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
        world.save(webhook);
        world.endpoints.answers("wh_1", 410);
        world.publish(webhook, 0, 1);
        world.advance(Duration.ofSeconds(1));
        assertThat(world.appended.stream().map(draft -> draft.attributes().get(Attributes.TYPE)))
                .contains("webhook.disabled");
    }

    @Test
    void anotherUrlIsCalledAtOnceThoughTheFormerWasHeld() {
        world.save(webhook);
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
        world.save(webhook);
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
        world.save(webhook);
        world.endpoints.hangs("wh_1");
        world.publish(webhook, 0, 1);
        world.change(Webhooks.moved(Webhooks.nextVersion(webhook), "http://well.example/"));
        world.endpoints.release(status(410));
        world.endTurn();
        assertThat(stored().enabled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503})
    void endpointThatFailsHalfOfTheFirstAttemptsGetsEverythingAlmostAtOnce(int status) {
        world.save(webhook);
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
        world.save(webhook);
        world.endpoints.answers("wh_1", status);
        for (int second = 0; second < 60; second++) {
            world.publish(webhook, 20 * second, 20 * second + 20);
            world.advance(Duration.ofSeconds(1));
        }
        assertThat(world.attempts(webhook)).isLessThan(30);
    }

    @Test
    void webhookThatOnlyFailsForFiveDaysIsDisabled() {
        world.save(webhook);
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
        world.save(webhook);
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

    private Webhook stored() {
        return world.registry.find("default", "wh_1").result().orElseThrow();
    }
}
