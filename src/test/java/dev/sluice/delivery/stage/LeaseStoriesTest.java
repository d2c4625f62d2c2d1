package dev.sluice.delivery.stage;

import static dev.sluice.testing.NumberedEvents.event;
import static dev.sluice.testing.NumberedEvents.number;
import static dev.sluice.testing.ScriptedSender.status;
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

/** Stories of a pod that stood still, or hears late from Redis: others may have claimed what it took for its own. */
class LeaseStoriesTest {
    private static final Duration A_LOOK = Duration.ofMillis(400);
    private static final int WINDOW = 16;

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private static final Bus BUS = new Bus(LOOP.vertx());
    private static int worlds;

    private World world;
    private Webhook webhook;

    @BeforeEach
    void begin() {
        world = new World(LOOP, BUS, "leases." + worlds++, 0.5);
        webhook = world.save(Webhooks.withMaxInFlight(Webhooks.webhook("wh_1", "**"), WINDOW));
    }

    private List<String> park(int deliveries) {
        List<Delivery> all = IntStream.range(0, deliveries)
                .mapToObj(i -> Delivery.journaled(new Match(i, event(i), List.of(webhook), 0), 0, webhook))
                .toList();
        world.parking.park(World.lane(webhook), all);
        return all.stream().map(Delivery::id).toList();
    }

    /** What was asked for is answered when its lease, by this pod's clock, is over. */
    private void claimTooLate() {
        world.clock.advance(World.LEASE);
        world.parking.answerAll();
        world.endTurn();
    }

    private void claimIsOut() {
        world.parking.hold("claim");
        world.advance(A_LOOK);
        assertThat(world.parking.out()).isEqualTo(1);
    }

    @Test
    void whatIsClaimedTooLateIsForgottenByAPodThatEnds() {
        List<String> parked = park(3);
        claimIsOut();
        Future<Void> drained = world.stage.drain();
        claimTooLate();
        assertThat(drained.succeeded()).isTrue();
        assertThat(world.parking.calls("write")).isZero();
        assertThat(world.parking.forgotten()).isEqualTo(parked);
        assertThat(world.tally.forgotten).isEqualTo(3);
    }

    @Test
    void whatIsClaimedTooLateIsForgottenByALaneThatTakesNothing() {
        List<String> parked = park(3);
        claimIsOut();
        world.change(Webhooks.paused(Webhooks.nextVersion(webhook)));
        claimTooLate();
        assertThat(world.parking.calls("write")).isZero();
        assertThat(world.parking.forgotten()).isEqualTo(parked);
    }

    /** The lives in which it was claimed are over, the first one's lease is not. */
    @Test
    void whatIsUnderWayAndClaimedAgainInAnotherLifeIsParkedWhenItFails() {
        park(1);
        world.parking.lives(7);
        world.endpoints.hangs("wh_1");
        world.advance(A_LOOK);
        world.lostEpochs.add(7L);
        world.clock.advance(World.LEASE);
        world.parking.lives(8);
        world.advance(Duration.ofSeconds(5));
        assertThat(world.attempts(webhook)).isEqualTo(1);
        world.endpoints.release(status(500));
        world.endTurn();
        assertThat(world.parking.forgotten()).isEmpty();
        assertThat(world.parking.calls("write")).isEqualTo(1);
    }

    @Test
    void aPodThatWasTakenForDeadSaysOnceWhatItHasInHandThatMayNotGoAgain() {
        List<String> parked = park(WINDOW);
        world.endpoints.script("wh_1", attempt -> number(attempt.event()) == 0 ? status(200) : null);
        world.parking.hold("write");
        world.advance(A_LOOK);
        world.parking.beginAnew();
        world.advance(Duration.ofSeconds(2));
        assertThat(world.parking.goneOn()).containsExactlyInAnyOrderElementsOf(parked);
        assertThat(world.parking.calls("goOn")).isEqualTo(1);
    }

    @Test
    void whatIsClaimedTooLateIsNotSent() {
        park(3);
        claimIsOut();
        claimTooLate();
        assertThat(world.attempts(webhook)).isZero();
        assertThat(world.parking.forgotten()).hasSize(3);
    }

    @Test
    void aPodThatStoodStillGivesBackNothingOfWhatWaitedMeanwhile() {
        List<String> parked = park(20);
        world.endpoints.hangs("wh_1");
        world.advance(A_LOOK);
        assertThat(world.attempts(webhook)).isEqualTo(WINDOW);
        world.clock.advance(World.LEASE);
        Future<Void> drained = world.stage.drain();
        world.endTurn();
        assertThat(world.parking.calls("write")).isZero();
        assertThat(world.parking.forgotten()).isEqualTo(parked.subList(WINDOW, 20));
        assertThat(world.tally.forgotten).isEqualTo(20 - WINDOW);
        world.endpoints.release(status(200));
        world.endTurn();
        assertThat(drained.succeeded()).isTrue();
    }

    @Test
    void whatWaitedUntilItsLeaseWasOverAndIsClaimedAgainGoesUnderItsNewLease() {
        park(20);
        world.endpoints.hangs("wh_1");
        world.advance(A_LOOK);
        assertThat(world.attempts(webhook)).isEqualTo(WINDOW);
        world.clock.advance(World.LEASE);
        int claims = world.parking.calls("claim");
        world.advance(Duration.ofSeconds(5));
        assertThat(world.parking.calls("claim")).isGreaterThan(claims);
        world.endpoints.release(status(200));
        world.endTurn();
        assertThat(world.attempts(webhook)).isEqualTo(20);
        assertThat(world.parking.forgotten()).isEmpty();
    }
}
