package dev.sluice.delivery.lane;

import static dev.sluice.testing.NumberedEvents.event;
import static dev.sluice.testing.NumberedEvents.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.CircuitConfig;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Parking;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.delivery.policy.CircuitListener;
import dev.sluice.delivery.share.Pots;
import dev.sluice.delivery.share.Share;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.memory.Quota;
import dev.sluice.subscription.Match;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ScriptedSender;
import dev.sluice.testing.Webhooks;
import dev.sluice.time.Jitter;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

class LaneTest {
    private static final int WINDOW = 16;
    private static final int LIMIT = 100;
    private static final long BYTES = 1 << 20;
    private static final long WIRE = 4 << 20;
    private static final int TRANSFORMED = 1 << 20;
    private static final Duration OPEN_FOR = Duration.ofSeconds(5);
    private static final CircuitConfig CIRCUIT =
            new CircuitConfig(Duration.ofSeconds(30), 4, 0.5, OPEN_FOR, Duration.ofMinutes(5));

    private static final Answer TAKEN = ScriptedSender.status(200);
    private static final Answer FAILED = ScriptedSender.status(500);

    private static final Duration LEASE = Duration.ofSeconds(60);

    private final ManualTicker ticker = new ManualTicker();
    private final Webhook webhook = Webhooks.webhook("wh_1", "**");
    private Pots pots = pots(LIMIT, BYTES);
    private LongPredicate held = epoch -> true;
    private int nextEvent;

    /** Of which a lane that is alone may hold so many deliveries, and bytes. */
    private static Pots pots(int most, long mostBytes) {
        Share share = new Share(2 * most, most, 2 * mostBytes);
        return new Pots(List.of(share), share, new Quota(WIRE));
    }

    private Lane freshLane() {
        return lane(webhook);
    }

    private Lane lane(Webhook of) {
        Circuit circuit = new Circuit(CIRCUIT, WINDOW, CircuitListener.NONE);
        return new Lane(
                of,
                new Throttle(of.pacing(), circuit, Jitter.NONE, ticker.nanos()),
                new Load(pots, TRANSFORMED, ticker.nanos()),
                epoch -> held.test(epoch),
                LEASE.toNanos(),
                ticker.nanos());
    }

    private Lane queuedLane(int deliveries) {
        Lane lane = freshLane();
        for (int i = 0; i < deliveries; i++) {
            assertThat(offer(lane)).isEqualTo(Offer.QUEUED);
        }
        return lane;
    }

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

    private Delivery delivery() {
        return Delivery.journaled(new Match(nextEvent, event(nextEvent++), List.of(webhook), 0), 0, webhook);
    }

    private Offer offer(Lane lane) {
        return lane.offer(delivery(), ticker.nanos());
    }

    private Flight start(Lane lane) {
        return ((Step.Attempt) lane.next(ticker.nanos())).flight();
    }

    private List<Flight> startAll(Lane lane) {
        List<Flight> started = new ArrayList<>();
        while (lane.next(ticker.nanos()) instanceof Step.Attempt attempt) {
            started.add(attempt.flight());
        }
        return started;
    }

    private static List<Integer> started(List<Flight> flights) {
        return numbers(flights.stream().map(Flight::delivery).toList());
    }

    private static List<Integer> numbers(List<Delivery> deliveries) {
        return deliveries.stream().map(delivery -> number(delivery.event())).toList();
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

    private Delivery parked(long place) {
        return parked(delivery(), place);
    }

    private Delivery parked(Delivery delivery, long place) {
        Parking.Claimed claimed = new Parking.Claimed(delivery.id(), delivery.event(), 1, 0, "", place, 0, false);
        Webhook of = delivery.key() == null ? webhook : Webhooks.ordered(webhook);
        return Delivery.claimed(claimed, of, ticker.nanos(), 0);
    }

    @Test
    void aPodThatStoodStillDoesNotSendWhatItClaimedBefore() {
        Lane lane = freshLane();
        Delivery claimed = parked(1);
        lane.offer(claimed, ticker.nanos());
        ticker.advance(LEASE);
        assertThat(lane.next(ticker.nanos())).isEqualTo(new Step.Forget(claimed));
        lane.claims().renewed(ticker.nanos());
        lane.offer(parked(2), ticker.nanos());
        assertThat(startAll(lane)).hasSize(1);
    }

    @Test
    void aPodThatWasTakenForDeadSendsNothingThatItClaimedBefore() {
        Lane lane = freshLane();
        Parking.Claimed claimed =
                new Parking.Claimed(delivery().id(), delivery().event(), 1, 0, "", 1, 0, false);
        Delivery before = Delivery.claimed(claimed, webhook, ticker.nanos(), 7);
        lane.offer(before, ticker.nanos());
        held = epoch -> epoch != 7;
        assertThat(lane.next(ticker.nanos())).isEqualTo(new Step.Forget(before));
        lane.offer(Delivery.claimed(claimed, webhook, ticker.nanos(), 8), ticker.nanos());
        assertThat(startAll(lane)).hasSize(1);
    }

    @Test
    void aPodThatStoodStillGivesNothingBackThatOthersMayHaveClaimed() {
        Lane lane = freshLane();
        Delivery claimed = parked(1);
        lane.offer(claimed, ticker.nanos());
        ticker.advance(LEASE);
        Delivery fresh = parked(2);
        lane.offer(fresh, ticker.nanos());
        Eviction eviction = lane.evict(ticker.nanos());
        assertThat(eviction.park()).containsExactly(fresh);
        assertThat(eviction.forgotten()).containsExactly(claimed);
        assertThat(lane.held()).isZero();
    }

    @Test
    void aPodThatStoodStillMakesRoomByForgettingWhatOthersMayHaveClaimed() {
        Lane lane = freshLane();
        for (int i = 0; i < 30; i++) {
            lane.offer(parked(1), ticker.nanos());
        }
        ticker.advance(LEASE);
        othersHoldParked(150);
        Eviction eviction = lane.evictSurplus(ticker.nanos());
        assertThat(eviction.park()).isEmpty();
        assertThat(numbers(eviction.forgotten())).containsExactly(25, 26, 27, 28, 29);
    }

    @Test
    void aPodThatStoodStillSendsNoKeyBackWithWhatOthersMayHaveClaimedOfIt() {
        Lane lane = orderedLane();
        Delivery claimed = parked(keyed("a", 7), 1);
        lane.offer(claimed, ticker.nanos());
        ticker.advance(LEASE);
        Eviction eviction = lane.evictKey("a", ticker.nanos());
        assertThat(eviction.park()).isEmpty();
        assertThat(eviction.forgotten()).containsExactly(claimed);
    }

    @Test
    void knowsWhatMayBeAnothersByNow() {
        Lane lane = freshLane();
        Delivery claimed = parked(1);
        Delivery placed = keyed("a", 7);
        assertThat(lane.isAnothers(claimed, ticker.nanos())).isFalse();
        assertThat(lane.isAnothers(placed, ticker.nanos())).isFalse();
        ticker.advance(LEASE);
        held = epoch -> false;
        assertThat(lane.isAnothers(claimed, ticker.nanos())).isTrue();
        assertThat(lane.isAnothers(placed, ticker.nanos())).isTrue();
        assertThat(lane.isAnothers(delivery(), ticker.nanos())).isFalse();
    }

    @Test
    void aRenewalThatCameTooLateBringsNoLeaseBack() {
        Lane lane = freshLane();
        Delivery claimed = parked(1);
        lane.offer(claimed, ticker.nanos());
        ticker.advance(LEASE);
        lane.claims().renewed(ticker.nanos());
        assertThat(lane.next(ticker.nanos())).isEqualTo(new Step.Forget(claimed));
    }

    @Test
    void sendsWhatWasRenewedInTime() {
        Lane lane = freshLane();
        lane.offer(parked(1), ticker.nanos());
        for (int i = 0; i < 4; i++) {
            ticker.advance(LEASE.dividedBy(2));
            lane.claims().renewed(ticker.nanos());
        }
        assertThat(startAll(lane)).hasSize(1);
    }

    @Test
    void startsDeliveriesInTheOrderInWhichTheyCame() {
        assertThat(started(startAll(queuedLane(5)))).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void startsNoMoreAtOnceThanTheWebhookAllows() {
        Lane lane = queuedLane(20);
        List<Flight> started = startAll(lane);
        assertThat(started).hasSize(WINDOW);
        lane.finished(started.get(7), TAKEN, ticker.nanos());
        assertThat(startAll(lane)).hasSize(1);
    }

    @Test
    void restsWhileItHoldsNothing() {
        assertThat(freshLane().next(ticker.nanos())).isEqualTo(Step.Rest.INSTANCE);
    }

    @Test
    void isFullWithWhatItMayHoldQueueAndFlightTogether() {
        pots = pots(9, BYTES);
        Lane lane = queuedLane(8);
        startAll(lane);
        assertThat(lane.offer(delivery(), ticker.nanos())).isEqualTo(Offer.QUEUED);
        assertThat(lane.offer(delivery(), ticker.nanos())).isEqualTo(Offer.FULL);
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
    void disabledLaneQueuesAndStartsNothing() {
        Lane lane = queuedLane(3);
        lane.changed(Webhooks.disabled(Webhooks.nextVersion(webhook)), ticker.nanos());
        assertThat(offer(lane)).isEqualTo(Offer.DISABLED);
        assertThat(lane.next(ticker.nanos())).isEqualTo(Step.Rest.INSTANCE);
        assertThat(lane.appetite(ticker.nanos())).isZero();
    }

    @Test
    void laneOfADeletedWebhookStaysGoneWhateverOldNewsArrive() {
        Lane lane = freshLane();
        lane.changed(null, ticker.nanos());
        lane.changed(Webhooks.nextVersion(webhook), ticker.nanos());
        assertThat(offer(lane)).isEqualTo(Offer.GONE);
        assertThat(lane.webhook()).isNull();
    }

    @Test
    void olderNewsOfAWebhookChangeNothing() {
        Lane lane = freshLane();
        Webhook newer = Webhooks.disabled(Webhooks.nextVersion(webhook));
        lane.changed(newer, ticker.nanos());
        lane.changed(webhook, ticker.nanos());
        assertThat(lane.webhook()).isEqualTo(newer);
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

    /** Others take so many deliveries of the pots. */
    private void othersHold(int deliveries) {
        Load others = new Load(pots, TRANSFORMED, ticker.nanos());
        for (int i = 0; i < deliveries; i++) {
            others.took(delivery());
        }
    }

    /** Others take so much of what Redis has. */
    private void othersHoldParked(int deliveries) {
        Load others = new Load(pots, TRANSFORMED, ticker.nanos());
        for (int i = 0; i < deliveries; i++) {
            others.took(parked(1));
        }
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
    void idleLaneIsForgottenWhenItIsQuietForLongEnough() {
        Lane lane = queuedLane(1);
        long idle = Duration.ofMinutes(1).toNanos();
        ticker.advance(Duration.ofMinutes(2));
        assertThat(lane.isForgettable(ticker.nanos(), idle)).isFalse();
        lane.finished(start(lane), TAKEN, ticker.nanos());
        assertThat(lane.isForgettable(ticker.nanos(), idle)).isFalse();
        ticker.advance(Duration.ofSeconds(61));
        assertThat(lane.isForgettable(ticker.nanos(), idle)).isTrue();
    }

    @Test
    void openLaneIsNotForgotten() {
        Lane lane = openLane();
        ticker.advance(Duration.ofHours(1));
        assertThat(lane.isForgettable(ticker.nanos(), Duration.ofMinutes(1).toNanos()))
                .isFalse();
    }

    @Test
    void sameDeliveryTwiceCountsTwice() {
        Lane lane = freshLane();
        Delivery delivery = delivery();
        Delivery copy = new Delivery(
                delivery.id(),
                delivery.event(),
                webhook.id(),
                null,
                0,
                "",
                new Delivery.Origin.Journaled(0, nextEvent, 0));
        lane.offer(delivery, ticker.nanos());
        lane.offer(copy, ticker.nanos());
        assertThat(startAll(lane)).hasSize(2);
        assertThat(lane.held()).isEqualTo(2);
    }

    private static final String KEY = "partitionkey";

    private Delivery keyed(String key, long epoch) {
        Event plain = event(nextEvent++);
        Event event = new Event(plain.id(), Attributes.of("type", "a.b", KEY, key), plain.data(), null);
        Webhook ordered = Webhooks.ordered(webhook);
        return Delivery.journaled(new Match(nextEvent, event, List.of(ordered), epoch), 0, ordered);
    }

    /** Knows that Redis holds nothing back of what the reader of epoch 7 places. */
    private Lane orderedLane(String... keys) {
        Lane lane = lane(Webhooks.ordered(webhook));
        lane.blocked().isBlocked("any", 7);
        lane.blocked().answered(lane.blocked().ask(), Set.of());
        for (String key : keys) {
            assertThat(lane.offer(keyed(key, 7), ticker.nanos())).isEqualTo(Offer.QUEUED);
        }
        return lane;
    }

    @Test
    void orderedLaneHasOneOfAKeyInFlightAndKeysInParallel() {
        Lane lane = orderedLane("a", "a", "b", "a", "b");
        List<Flight> first = startAll(lane);
        assertThat(started(first)).containsExactly(0, 2);
        lane.finished(first.get(1), TAKEN, ticker.nanos());
        assertThat(started(startAll(lane))).containsExactly(4);
        lane.finished(first.get(0), TAKEN, ticker.nanos());
        assertThat(started(startAll(lane))).containsExactly(1);
    }

    @Test
    void orderedLaneSendsWhatItMustParkOfAKeyWholeAndWritesDownTheOneInFlightFirst() {
        Lane lane = orderedLane("a", "a", "b", "a");
        start(lane);
        Eviction eviction = lane.evictKey("a", ticker.nanos());
        assertThat(numbers(eviction.keep())).containsExactly(0);
        assertThat(numbers(eviction.park())).containsExactly(1, 3);
        assertThat(lane.offer(keyed("a", 7), ticker.nanos())).isEqualTo(Offer.BEHIND);
        assertThat(lane.offer(keyed("b", 7), ticker.nanos())).isEqualTo(Offer.QUEUED);
    }

    @Test
    void orderedLaneTakesEveryKeyOfAReaderThatBeginsForBlockedUntilRedisToldWhichAre() {
        Lane lane = orderedLane();
        assertThat(lane.offer(keyed("a", 8), ticker.nanos())).isEqualTo(Offer.BEHIND);
        lane.blocked().answered(lane.blocked().ask(), Set.of("x"));
        assertThat(lane.offer(keyed("a", 8), ticker.nanos())).isEqualTo(Offer.QUEUED);
        assertThat(lane.offer(keyed("x", 8), ticker.nanos())).isEqualTo(Offer.BEHIND);
    }

    @Test
    void orderedLaneThatHasNoRoomGivesBackWholeKeys() {
        Lane lane = orderedLane("a", "a", "a", "b");
        start(lane);
        othersHold(194);
        Eviction eviction = lane.evictSurplus(ticker.nanos());
        assertThat(numbers(eviction.park())).containsExactly(3);
        assertThat(eviction.keep()).isEmpty();
        othersHold(6);
        assertThat(numbers(lane.evictSurplus(ticker.nanos()).park())).containsExactly(1, 2);
    }

    @Test
    void orderedLaneForgetsWhatAnotherReaderPlacesAgain() {
        Lane lane = orderedLane("a", "a", "b");
        held = epoch -> false;
        assertThat(lane.next(ticker.nanos())).isInstanceOf(Step.Forget.class);
        Eviction eviction = lane.evict(ticker.nanos());
        assertThat(eviction.park()).isEmpty();
        assertThat(numbers(eviction.forgotten())).containsExactlyInAnyOrder(1, 2);
        assertThat(lane.held()).isZero();
    }

    @Test
    void attemptThatTakesLongIsWrittenDownWithAllThatWaitsBehindIt() {
        Lane lane = orderedLane("a", "a", "b");
        startAll(lane);
        ticker.advance(Duration.ofSeconds(3));
        Eviction eviction = lane.keepOlderThan(Duration.ofSeconds(2).toNanos(), ticker.nanos());
        assertThat(numbers(eviction.keep())).containsExactlyInAnyOrder(0, 2);
        assertThat(numbers(eviction.park())).containsExactly(1);
        assertThat(lane.claims().ids()).hasSize(2);
        assertThat(lane.keepOlderThan(1, ticker.nanos())).isEqualTo(Eviction.NONE);
    }

    @Test
    void pausedLaneQueuesAndStartsNothing() {
        Lane lane = queuedLane(3);
        lane.changed(Webhooks.paused(Webhooks.nextVersion(webhook)), ticker.nanos());
        assertThat(offer(lane)).isEqualTo(Offer.PAUSED);
        assertThat(lane.next(ticker.nanos())).isEqualTo(Step.Rest.INSTANCE);
    }

    @Test
    void limitedLaneHasUseForWhatItsRateLetsThroughSoonAndNoMore() {
        Lane lane = lane(Webhooks.withRateLimit(webhook, new RateLimit(100, Duration.ofSeconds(1), 10)));
        assertThat(lane.throttle().useful()).isEqualTo(16 + 200 + 10);
        assertThat(freshLane().throttle().useful()).isEqualTo(Integer.MAX_VALUE);
    }
}
