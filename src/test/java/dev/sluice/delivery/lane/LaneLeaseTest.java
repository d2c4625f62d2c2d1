package dev.sluice.delivery.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Parking;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LaneLeaseTest extends LaneHarness {
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

    /** Others take so much of what Redis has. */
    private void othersHoldParked(int deliveries) {
        Load others = new Load(pots, TRANSFORMED, ticker.nanos());
        for (int i = 0; i < deliveries; i++) {
            others.took(parked(1));
        }
    }

    @Test
    void aLeaseThatRanOutJustWhenItWasRenewedIsOver() {
        Lane lane = freshLane();
        lane.claims().renewed(ticker.nanos());
        Delivery claimed = parked(1);
        lane.offer(claimed, ticker.nanos());
        ticker.advance(LEASE);
        lane.claims().renewed(ticker.nanos());
        assertThat(lane.next(ticker.nanos())).isEqualTo(new Step.Forget(claimed));
    }

    @Test
    void keepsNoLeaseOfWhatMayBeAnothersByNow() {
        Lane lane = freshLane();
        Delivery before = parked(1);
        lane.offer(before, ticker.nanos());
        ticker.advance(LEASE);
        Delivery fresh = parked(2);
        lane.offer(fresh, ticker.nanos());
        assertThat(lane.claims().ids()).containsExactlyInAnyOrder(before.id(), fresh.id());
        assertThat(lane.claims().leasedIds(ticker.nanos())).containsExactly(fresh.id());
    }

    @Test
    void whatIsClaimedAnewGoesOnUnderTheNewLease() {
        Lane lane = freshLane();
        Delivery underWay = parked(1);
        Delivery waits = parked(2);
        lane.offer(underWay, ticker.nanos());
        Flight flight = start(lane);
        lane.offer(waits, ticker.nanos());
        ticker.advance(LEASE);
        lane.claims().again(claimedAnew(underWay));
        lane.claims().again(claimedAnew(waits));
        assertThat(lane.claims().leasedIds(ticker.nanos())).hasSize(2);
        assertThat(flight.delivery()).isEqualTo(claimedAnew(underWay));
        assertThat(startAll(lane)).extracting(Flight::delivery).containsExactly(claimedAnew(waits));
    }

    private Delivery claimedAnew(Delivery delivery) {
        Parking.Claimed claimed = new Parking.Claimed(delivery.id(), delivery.event(), 1, 0, "", 9, 0, false);
        return Delivery.claimed(claimed, webhook, ticker.nanos(), 0);
    }

    @Test
    void whatIsFromTheJournalIsNotWhatIsClaimed() {
        Lane lane = queuedLane(1);
        Flight flight = start(lane);
        Delivery journaled = flight.delivery();
        lane.claims().again(claimedAnew(journaled));
        assertThat(flight.delivery()).isEqualTo(journaled);
        assertThat(lane.claims().ids()).isEmpty();
    }

    @Test
    void whatIsWrittenDownIsOfThePresentLifeOfThePod() {
        life = 5;
        Lane lane = queuedLane(1);
        Flight flight = start(lane);
        ticker.advance(Duration.ofSeconds(3));
        assertThat(lane.keepOlderThan(1, ticker.nanos()).keep()).hasSize(1);
        assertThat(lane.isLost(flight.delivery())).isFalse();
        held = epoch -> epoch != 5;
        assertThat(lane.isLost(flight.delivery())).isTrue();
    }
}
