package dev.sluice.delivery.lane;

import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.share.Pots;
import dev.sluice.delivery.share.Share;
import dev.sluice.event.Event;
import dev.sluice.memory.Quota;
import dev.sluice.subscription.Match;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Webhooks;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneRoomTest extends LaneHarness {
    @Test
    void isFullWithWhatItMayHoldQueueAndFlightTogether() {
        pots = pots(9, BYTES);
        Lane lane = queuedLane(8);
        startAll(lane);
        assertThat(lane.offer(delivery(), ticker.nanos())).isEqualTo(Offer.QUEUED);
        assertThat(lane.offer(delivery(), ticker.nanos())).isEqualTo(Offer.FULL);
    }

    private Delivery large(int bytes) {
        Event event = event(nextEvent, "a.b", Buffer.buffer(new byte[bytes]));
        return Delivery.journaled(new Match(nextEvent++, event, List.of(webhook), 0), 0, webhook);
    }

    @Test
    void isFullWithTheBytesThatItMayHold() {
        Lane lane = freshLane();
        assertThat(lane.offer(large(400_000), ticker.nanos())).isEqualTo(Offer.QUEUED);
        assertThat(lane.offer(large(400_000), ticker.nanos())).isEqualTo(Offer.QUEUED);
        assertThat(lane.offer(large(400_000), ticker.nanos())).isEqualTo(Offer.QUEUED);
        assertThat(offer(lane)).isEqualTo(Offer.FULL);
    }

    @Test
    void takesOneDeliveryThatIsLargerThanItsShareIfItHoldsNothing() {
        assertThat(freshLane().offer(large(5_000_000), ticker.nanos())).isEqualTo(Offer.QUEUED);
    }

    @Test
    void startsNoMoreThanTheWireTakesAndGoesOnWhenAnAttemptEnds() {
        pots = pots(LIMIT, 100 * BYTES);
        Lane lane = freshLane();
        for (int i = 0; i < 10; i++) {
            assertThat(lane.offer(large(400_000), ticker.nanos())).isEqualTo(Offer.QUEUED);
        }
        List<Flight> started = startAll(lane);
        assertThat(started).hasSizeBetween(1, 5);
        assertThat(lane.next(ticker.nanos())).isEqualTo(Step.Crowded.INSTANCE);
        lane.finished(started.get(0), TAKEN, ticker.nanos());
        assertThat(startAll(lane)).isNotEmpty();
    }

    @Test
    void countsTheLargestResultOfATransformationBeforeItIsMade() {
        Webhook transformed = Webhooks.transformed(webhook, "$");
        pots = pots(LIMIT, 100 * BYTES);
        Lane lane = lane(transformed);
        for (int i = 0; i < 10; i++) {
            offer(lane);
        }
        assertThat(startAll(lane)).as("of 1 MiB each, and 4 MiB of all").hasSize(1);
    }

    @Test
    void givesBackAllThatItHeldWhateverBecameOfIt() {
        Lane lane = queuedLane(40);
        List<Flight> started = startAll(lane);
        ticker.advance(Duration.ofSeconds(3));
        lane.keepOlderThan(1, ticker.nanos());
        lane.evict(ticker.nanos());
        started.forEach(flight -> lane.finished(flight, FAILED, ticker.nanos()));
        assertThat(lane.held()).isZero();
        Load next = new Load(pots, TRANSFORMED, ticker.nanos());
        assertThat(next.holding().room(ticker.nanos())).isEqualTo(LIMIT);
        assertThat(next.holding().roomBytes(ticker.nanos())).isEqualTo(BYTES);
        assertThat(next.holding().send(WIRE)).as("nothing is on the wire").isTrue();
    }

    @Test
    void writesDownAllThatTakesLongHoweverMuchOthersHoldOfWhatRedisHas() {
        Lane lane = freshLane();
        for (int i = 0; i < 3; i++) {
            lane.offer(large(400_000), ticker.nanos());
        }
        List<Flight> started = startAll(lane);
        assertThat(started).hasSizeGreaterThan(1);
        Load others = new Load(pots, TRANSFORMED, ticker.nanos());
        others.holding().took(pots.parked(), 2 * BYTES);
        ticker.advance(Duration.ofSeconds(3));
        assertThat(lane.keepOlderThan(1, ticker.nanos()).keep()).hasSameSizeAs(started);
    }

    /** Its next has no room on the wire, and of its fan-out's window it holds that one only. */
    private Lane crowdedLane() {
        othersHoldTheWire();
        Lane lane = freshLane();
        lane.offer(large(400_000), ticker.nanos());
        assertThat(lane.next(ticker.nanos())).isEqualTo(Step.Crowded.INSTANCE);
        return lane;
    }

    private void othersHoldTheWire() {
        Load others = new Load(pots, TRANSFORMED, ticker.nanos());
        assertThat(others.send(large((int) WIRE / 2), webhook)).isPositive();
    }

    /** All of the window. */
    private void othersHoldBytes() {
        Load others = new Load(pots, TRANSFORMED, ticker.nanos());
        others.took(large((int) (2 * BYTES)));
    }

    @Test
    void keepsTheOneThatWaitsForTheWireWhileTheWindowIsNotFull() {
        assertThat(crowdedLane().evictSurplus(ticker.nanos()).park()).isEmpty();
    }

    @Test
    void givesBackEvenTheOneThatWaitsForTheWireWhenTheWindowIsFull() {
        Lane lane = crowdedLane();
        othersHoldBytes();
        assertThat(lane.evictSurplus(ticker.nanos()).park()).hasSize(1);
        assertThat(lane.held()).isZero();
    }

    @Test
    void takesNothingOfAFullWindowThatWouldOnlyWaitForTheWire() {
        Lane lane = crowdedLane();
        othersHoldBytes();
        lane.evictSurplus(ticker.nanos());
        assertThat(lane.offer(large(400_000), ticker.nanos())).isEqualTo(Offer.FULL);
    }

    @Test
    void takesNothingOfAFullWindowThatWouldOnlyWaitForOthersOfItsLane() {
        Lane lane = queuedLane(WINDOW);
        startAll(lane);
        lane.keepOlderThan(0, ticker.nanos());
        othersHold(2 * LIMIT);
        assertThat(offer(lane)).isEqualTo(Offer.FULL);
    }

    @Test
    void hasNoAppetiteWhileTheWireHasNoRoomForWhatItHadToSend() {
        Lane lane = freshLane();
        lane.offer(large(1_000_000), ticker.nanos());
        Load others = new Load(pots, TRANSFORMED, ticker.nanos());
        long wire = others.send(large((int) WIRE / 2), webhook);
        assertThat(lane.appetite(ticker.nanos())).isPositive();
        lane.next(ticker.nanos());
        assertThat(lane.appetite(ticker.nanos())).isZero();
        lane.evict(ticker.nanos());
        assertThat(lane.appetite(ticker.nanos())).as("though it holds nothing").isZero();
        others.holding().sent(wire);
        assertThat(lane.appetite(ticker.nanos())).isPositive();
    }

    @Test
    void takesOfAFullWindowWhatStartsAtOnce() {
        othersHold(2 * LIMIT);
        Lane lane = freshLane();
        assertThat(offer(lane)).isEqualTo(Offer.QUEUED);
        assertThat(startAll(lane)).hasSize(1);
        assertThat(lane.evictSurplus(ticker.nanos())).isEqualTo(Eviction.NONE);
    }

    @Test
    void laneThatHoldsTooMuchGivesBackItsYoungestOldestOfThemFirst() {
        Lane lane = queuedLane(30);
        startAll(lane);
        othersHold(150);
        assertThat(numbers(lane.evictSurplus(ticker.nanos()).park())).containsExactly(25, 26, 27, 28, 29);
        othersHold(50);
        assertThat(numbers(lane.evictSurplus(ticker.nanos()).park()))
                .containsExactly(16, 17, 18, 19, 20, 21, 22, 23, 24);
        assertThat(lane.held()).isEqualTo(WINDOW);
    }

    @Test
    void takesNothingOfAFullWindowWhileItHoldsSomethingOfIt() {
        Lane lane = queuedLane(1);
        startAll(lane);
        othersHold(2 * LIMIT);
        assertThat(lane.room(ticker.nanos())).isPositive();
        assertThat(offer(lane)).isEqualTo(Offer.FULL);
    }

    @Test
    void hasAppetiteWhileOthersHoldTheWireAsLongAsItLacksNothing() {
        Load others = new Load(pots, TRANSFORMED, ticker.nanos());
        assertThat(others.holding().send(WIRE)).isTrue();
        assertThat(freshLane().appetite(ticker.nanos())).isPositive();
    }

    @Test
    void whatCameFromAnotherFanOutIsOfItsWindow() {
        Share share = new Share(2 * LIMIT, LIMIT, 2 * BYTES);
        pots = new Pots(List.of(share, share), share, new Quota(WIRE));
        othersHold(2 * LIMIT);
        Lane lane = freshLane();
        for (int i = 0; i < 2; i++) {
            Match match = new Match(nextEvent, event(nextEvent++), List.of(webhook), 0);
            assertThat(lane.offer(Delivery.journaled(match, 1, webhook), ticker.nanos()))
                    .isEqualTo(Offer.QUEUED);
        }
        assertThat(offer(lane)).as("of the window that is full").isEqualTo(Offer.FULL);
    }

    @Test
    void isHungryForBytesAsForDeliveriesOfWhatRedisHas() {
        Lane lane = freshLane();
        assertThat(lane.appetiteBytes(ticker.nanos())).isEqualTo(BYTES);
        assertThat(lane.isHungry(ticker.nanos())).isTrue();
        for (int i = 0; i < LIMIT; i++) {
            lane.offer(parked(1), ticker.nanos());
        }
        assertThat(lane.isHungry(ticker.nanos())).isFalse();
        assertThat(lane.appetiteBytes(ticker.nanos())).isLessThan(BYTES);
    }
}
