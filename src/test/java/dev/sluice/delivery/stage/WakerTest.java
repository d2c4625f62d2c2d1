package dev.sluice.delivery.stage;

import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bus.Bus;
import dev.sluice.delivery.Delivery;
import dev.sluice.subscription.Match;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Loop;
import dev.sluice.testing.Webhooks;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Stories of lanes that wait for a claim, since only a few are out at once. */
class WakerTest {
    @RegisterExtension
    static final Loop LOOP = new Loop();

    private static final Bus BUS = new Bus(LOOP.vertx());
    private static final Duration A_LOOK = Duration.ofMillis(400);
    private static int worlds;

    private World world;

    @BeforeEach
    void begin() {
        world = new World(LOOP, BUS, "waker." + worlds++, 0.5);
    }

    /** A webhook of which so many deliveries are due. */
    private Webhook due(String id, int deliveries) {
        Webhook webhook = world.save(Webhooks.webhook(id, "**"));
        world.parking.park(
                World.lane(webhook),
                IntStream.range(0, deliveries)
                        .mapToObj(i -> delivery(webhook, i))
                        .toList());
        return webhook;
    }

    private static Delivery delivery(Webhook webhook, int number) {
        return Delivery.journaled(new Match(number, event(number), List.of(webhook), 0), 0, webhook);
    }

    /** As many claims are out as may be. */
    private void twoClaimsOut() {
        due("wh_slow1", 1);
        due("wh_slow2", 1);
        world.parking.hold("claim");
        world.advance(A_LOOK);
        assertThat(world.parking.out()).isEqualTo(2);
    }

    /** Its circuit is open for minutes, and everything of it is parked. */
    private Webhook failing(String id) {
        Webhook webhook = world.save(Webhooks.webhook(id, "**"));
        world.endpoints.answers(id, 500);
        world.publish(webhook, 0, 20);
        world.advance(Duration.ofMinutes(2));
        world.endpoints.answers(id, 200);
        return webhook;
    }

    @Test
    void lanesThatWaitForAClaimWhenRedisGoesAwayAreServedWhenItIsBack() {
        int lanes = 20_000;
        List<Webhook> webhooks =
                IntStream.range(0, lanes).mapToObj(i -> due("wh_" + i, 1)).toList();
        world.parking.hold("claim");
        world.advance(A_LOOK);
        assertThat(world.parking.out()).isEqualTo(2);
        world.parking.goAway();
        world.parking.holdNothing();
        world.parking.comeBack();
        world.advance(Duration.ofSeconds(12), Duration.ofMillis(250));
        assertThat(world.parking.parked()).isZero();
        assertThat(world.attempts(webhooks.get(lanes - 1))).isEqualTo(1);
        Future<Void> drained = world.stage.drain();
        world.endTurn();
        assertThat(drained.succeeded()).isTrue();
    }

    @Test
    void whatAPersonAskedForGoesWhenThereIsRoomForAClaimThoughTheCircuitIsOpen() {
        Webhook webhook = failing("wh_1");
        int before = world.attempts(webhook);
        twoClaimsOut();
        Delivery asked = delivery(webhook, 7);
        world.parking.ask(World.lane(webhook), asked.id());
        world.advance(A_LOOK);
        assertThat(world.attempts(webhook)).isEqualTo(before);
        world.parking.answerNext();
        assertThat(world.parking.calls("claimAsked")).isEqualTo(1);
        assertThat(world.eventsAt(webhook)).hasSize(before + 1).endsWith(7);
    }

    @Test
    void whatAPersonAskedForTakesTheTurnThatTheLaneWaitsForAnyway() {
        twoClaimsOut();
        Webhook webhook = due("wh_1", 3);
        world.advance(A_LOOK);
        world.parking.ask(World.lane(webhook), delivery(webhook, 2).id());
        world.advance(A_LOOK);
        world.parking.answerNext();
        assertThat(world.eventsAt(webhook)).containsExactly(2);
    }

    @Test
    void nothingIsClaimedForAWebhookThatWasPausedWhileItsLaneWaited() {
        twoClaimsOut();
        Webhook webhook = due("wh_1", 3);
        world.advance(A_LOOK);
        world.change(Webhooks.paused(Webhooks.nextVersion(webhook)));
        int before = world.parking.calls("claim");
        world.parking.answerNext();
        assertThat(world.parking.calls("claim")).isEqualTo(before);
        assertThat(world.attempts(webhook)).isZero();
    }

    @Test
    void aLaneThatWaitedIsClaimedForWithoutALookAtItsWebhook() {
        twoClaimsOut();
        Webhook webhook = due("wh_1", 3);
        world.advance(A_LOOK);
        int before = world.registry.finds();
        world.parking.holdNothing();
        world.parking.answerNext();
        world.parking.answerNext();
        assertThat(world.eventsAt(webhook)).containsExactly(0, 1, 2);
        assertThat(world.registry.finds()).isEqualTo(before);
    }

    @Test
    void aPodThatEndsLeavesTheLanesThatWaitToOthers() {
        twoClaimsOut();
        Webhook webhook = due("wh_1", 3);
        world.advance(A_LOOK);
        Future<Void> drained = world.stage.drain();
        assertThat(world.parking.calls("rouse")).isEqualTo(1);
        world.parking.answerAll();
        world.endTurn();
        assertThat(drained.succeeded()).isTrue();
        assertThat(world.attempts(webhook)).isZero();
    }
}
