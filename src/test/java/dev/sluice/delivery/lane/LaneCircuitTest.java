package dev.sluice.delivery.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Webhooks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneCircuitTest extends LaneHarness {
    /** Its circuit is open, and nothing is in flight or queued. */
    private Lane openLane() {
        Lane lane = queuedLane(4);
        startAll(lane).forEach(flight -> lane.finished(flight, FAILED, ticker.nanos()));
        return lane;
    }

    /** Its probe, and so many that came after, went well. */
    private Lane halfOpenLane(int successes) {
        Lane lane = openLane();
        ticker.advance(OPEN_FOR);
        for (int i = 0; i < successes; i++) {
            offer(lane);
            lane.finished(start(lane), TAKEN, ticker.nanos());
        }
        return lane;
    }

    @Test
    void neitherOpensNorClosesACircuitForATransformationThatFails() {
        Answer untransformed = new Answer.Failure(Answer.Kind.TRANSFORM, "no", Duration.ZERO);
        Lane lane = openLane();
        ticker.advance(OPEN_FOR);
        for (int i = 0; i < 40; i++) {
            offer(lane);
            lane.finished(start(lane), untransformed, ticker.nanos());
        }
        assertThat(lane.throttle().circuit()).isEqualTo(Circuit.State.HALF_OPEN);
        offer(lane);
        lane.finished(start(lane), FAILED, ticker.nanos());
        assertThat(lane.throttle().circuit()).isEqualTo(Circuit.State.OPEN);
    }

    @Test
    void beginsAnewAtAnotherTarget() {
        Lane lane = openLane();
        lane.throttle().rest(Duration.ofHours(1).toNanos(), ticker.nanos());
        assertThat(lane.changed(Webhooks.nextVersion(webhook), ticker.nanos())).isFalse();
        assertThat(offer(lane)).isEqualTo(Offer.RESTING);
        assertThat(lane.changed(movedWebhook(), ticker.nanos())).isTrue();
        assertThat(lane.throttle().circuit()).isEqualTo(Circuit.State.CLOSED);
        for (int i = 0; i < WINDOW; i++) {
            assertThat(offer(lane)).isEqualTo(Offer.QUEUED);
        }
        assertThat(startAll(lane)).hasSize(WINDOW);
    }

    @Test
    void hearsNothingOfATargetThatItHadBefore() {
        Lane lane = queuedLane(WINDOW);
        List<Flight> former = startAll(lane);
        lane.changed(movedWebhook(), ticker.nanos());
        offer(lane);
        Flight present = start(lane);
        former.forEach(flight ->
                assertThat(lane.finished(flight, FAILED, ticker.nanos())).isFalse());
        assertThat(lane.throttle().circuit()).isEqualTo(Circuit.State.CLOSED);
        assertThat(lane.finished(present, TAKEN, ticker.nanos())).isTrue();
        assertThat(lane.room(ticker.nanos())).isEqualTo(WINDOW);
    }

    private Webhook movedWebhook() {
        return Webhooks.moved(Webhooks.nextVersion(Webhooks.nextVersion(webhook)), "http://elsewhere.example/");
    }

    @Test
    void sendsWhatAPersonAskedForThoughItsCircuitIsOpen() {
        Lane lane = openLane();
        Delivery asked = parked(-1);
        assertThat(lane.offer(asked, ticker.nanos())).isEqualTo(Offer.QUEUED);
        Flight probe = start(lane);
        assertThat(probe.delivery()).isEqualTo(asked);
        assertThat(lane.throttle().circuit()).isEqualTo(Circuit.State.HALF_OPEN);
        lane.finished(probe, TAKEN, ticker.nanos());
        assertThat(offer(lane)).isEqualTo(Offer.QUEUED);
        assertThat(startAll(lane)).hasSize(1);
    }

    @Test
    void hasRoomForWhatAPersonAskedForThoughItsCircuitIsOpen() {
        Lane lane = openLane();
        assertThat(lane.room(ticker.nanos())).isZero();
        lane.offer(parked(-1), ticker.nanos());
        assertThat(lane.room(ticker.nanos())).isEqualTo(1);
        start(lane);
        assertThat(lane.room(ticker.nanos())).isZero();
    }

    @Test
    void hasRoomForWhatAPersonAskedForThoughItsWindowIsFull() {
        Lane lane = queuedLane(WINDOW + 4);
        startAll(lane);
        lane.offer(parked(-1), ticker.nanos());
        assertThat(lane.room(ticker.nanos())).isEqualTo(1);
        assertThat(start(lane).delivery().isAsked()).isTrue();
        assertThat(lane.room(ticker.nanos())).isZero();
    }

    @Test
    void openLaneRefusesAndTellsForHowLong() {
        Lane lane = openLane();
        assertThat(offer(lane)).isEqualTo(Offer.RESTING);
        ticker.advance(Duration.ofSeconds(2));
        assertThat(lane.restNanos(ticker.nanos()))
                .isEqualTo(Duration.ofSeconds(3).toNanos());
        assertThat(lane.appetite(ticker.nanos())).isZero();
    }

    @Test
    void laneThatOpensYieldsWhatWaitsWhenNothingIsInFlightAnyMore() {
        Lane lane = queuedLane(20);
        List<Flight> started = startAll(lane);
        started.subList(0, 15).forEach(flight -> lane.finished(flight, FAILED, ticker.nanos()));
        assertThat(lane.next(ticker.nanos())).isEqualTo(Step.Rest.INSTANCE);
        lane.finished(started.get(15), FAILED, ticker.nanos());
        assertThat(lane.next(ticker.nanos())).isEqualTo(new Step.Yield(OPEN_FOR.toNanos()));
        assertThat(numbers(lane.evict(ticker.nanos()).park())).containsExactly(16, 17, 18, 19);
    }

    @Test
    void openLaneProbesWithOneWhenItsTimeIsOver() {
        Lane lane = openLane();
        ticker.advance(OPEN_FOR);
        assertThat(lane.appetite(ticker.nanos())).isEqualTo(1);
        assertThat(offer(lane)).isEqualTo(Offer.QUEUED);
        assertThat(lane.appetite(ticker.nanos())).isZero();
        offer(lane);
        assertThat(startAll(lane)).hasSize(1);
    }

    @Test
    void halfOpenLaneHasAppetiteForWhatItMayStartAndNotForWhatItHoldsAlready() {
        Lane lane = halfOpenLane(1 + 2);
        assertThat(lane.appetite(ticker.nanos())).isEqualTo(4);
        offer(lane);
        offer(lane);
        start(lane);
        assertThat(lane.appetite(ticker.nanos())).isEqualTo(2);
    }

    @Test
    void halfOpenLaneWhoseProbeFailsIsOpenTwiceAsLong() {
        Lane lane = halfOpenLane(0);
        offer(lane);
        lane.finished(start(lane), FAILED, ticker.nanos());
        assertThat(lane.restNanos(ticker.nanos()))
                .isEqualTo(OPEN_FOR.multipliedBy(2).toNanos());
    }

    @Test
    void halfOpenLaneIsClosedWhenAStepAsLargeAsItsWindowWentWell() {
        Lane lane = halfOpenLane(1 + 2 + 4 + 8);
        assertThat(lane.appetite(ticker.nanos())).isEqualTo(LIMIT);
        ticker.advance(Duration.ofMinutes(2));
        assertThat(lane.isForgettable(ticker.nanos(), Duration.ofMinutes(1).toNanos()))
                .isTrue();
    }

    @Test
    void laneThatFailsAgainAfterItClosedOpensAfterAsFewAsTheFirstTime() {
        Lane lane = halfOpenLane(1 + 2 + 4 + 8);
        for (int i = 0; i < 4; i++) {
            offer(lane);
        }
        startAll(lane).forEach(flight -> lane.finished(flight, FAILED, ticker.nanos()));
        assertThat(offer(lane)).isEqualTo(Offer.RESTING);
    }

    @Test
    void widerWindowOfAChangedWebhookIsInForceAtOnce() {
        Lane lane = queuedLane(40);
        List<Flight> flights = startAll(lane);
        lane.finished(flights.get(0), TAKEN, ticker.nanos());
        startAll(lane);
        lane.changed(Webhooks.withMaxInFlight(Webhooks.nextVersion(webhook), 32), ticker.nanos());
        assertThat(startAll(lane)).hasSize(32 - WINDOW);
    }

    @Test
    void restsUntilTheEndpointWantsToBeAskedAgain() {
        Lane lane = queuedLane(2);
        lane.throttle().rest(Duration.ofSeconds(30).toNanos(), ticker.nanos());
        assertThat(lane.next(ticker.nanos()))
                .isEqualTo(new Step.Yield(Duration.ofSeconds(30).toNanos()));
        assertThat(offer(lane)).isEqualTo(Offer.RESTING);
        assertThat(lane.appetite(ticker.nanos())).isZero();
        ticker.advance(Duration.ofSeconds(30));
        assertThat(startAll(lane)).hasSize(2);
    }

    @Test
    void aShorterWishDoesNotShortenTheRest() {
        Lane lane = freshLane();
        lane.throttle().rest(Duration.ofSeconds(30).toNanos(), ticker.nanos());
        ticker.advance(Duration.ofSeconds(1));
        lane.throttle().rest(Duration.ofSeconds(2).toNanos(), ticker.nanos());
        assertThat(lane.restNanos(ticker.nanos()))
                .isEqualTo(Duration.ofSeconds(29).toNanos());
    }

    @Test
    void openLaneIsNotForgotten() {
        Lane lane = openLane();
        ticker.advance(Duration.ofHours(1));
        assertThat(lane.isForgettable(ticker.nanos(), Duration.ofMinutes(1).toNanos()))
                .isFalse();
    }
}
