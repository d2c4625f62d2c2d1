package dev.sluice.delivery;

import static dev.sluice.delivery.ParkingSite.events;
import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.delivery.ParkingSite.park;
import static dev.sluice.delivery.ParkingSite.taken;
import static dev.sluice.delivery.ParkingSite.tried;
import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Parking.Claim;
import dev.sluice.delivery.Parking.Claimed;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Parking} does; each test begins with an empty one. */
public interface ParkingContract extends ParkingSite {
    @Test
    default void whatWasTriedGoesBeforeWhatCameAfterIt() {
        write(park(fresh(1)));
        Claimed first = claimOne();
        write(park(fresh(2)), tried(first, SHORT), park(fresh(3)));
        until(() -> parking().claim(LANE, 1, Long.MAX_VALUE), claim -> {
            claim.deliveries().forEach(one -> write(new Outcome.Return(taken(one), one.place())));
            return claim.deliveries().stream().anyMatch(one -> one.attempts() == 1);
        });
        assertThat(claimAll()).extracting(Claimed::event).containsExactlyElementsOf(events(1, 2, 3));
    }

    @Test
    default void theYoungestFindsOutWhetherTheEndpointAnswersAgain() {
        write(park(fresh(1)), park(fresh(2)), park(fresh(3)));
        Claimed probe = get(() -> parking().claimProbe(LANE)).deliveries().get(0);
        assertThat(probe.event()).isEqualTo(event(3));
        assertThat(claimAll()).extracting(Claimed::event).containsExactlyElementsOf(events(1, 2));
    }

    @Test
    default void givesBackWhatWasParkedWhole() {
        Delivery tried =
                new Delivery(fresh(1).id(), event(1), LANE.webhookId(), null, 3, "{\"number\":1}\n", fresh(1).origin());
        write(new Outcome.Park(tried, 2, Duration.ZERO));
        Claimed claimed = claimAll().get(0);
        assertThat(claimed.id()).isEqualTo(tried.id());
        assertThat(claimed.event()).isEqualTo(event(1));
        assertThat(claimed.attempts()).isEqualTo(3);
        assertThat(claimed.history()).isEqualTo("{\"number\":1}\n");
    }

    @Test
    default void claimsTheOldestOfOneMomentInTheOrderOfTheirEvents() {
        write(park(fresh(7)), park(fresh(2)), park(fresh(5)), park(fresh(11)));
        Claim claim = claim(3);
        assertThat(claim.deliveries()).extracting(Claimed::event).containsExactlyElementsOf(events(2, 5, 7));
        assertThat(claim.more()).isTrue();
        Claim rest = claim(3);
        assertThat(rest.deliveries()).extracting(Claimed::event).containsExactlyElementsOf(events(11));
        assertThat(rest.more()).isFalse();
    }

    @Test
    default void claimsNoMoreBytesThanThereIsRoomForButOneWhateverItsSize() {
        Buffer large = Buffer.buffer(new byte[40_000]);
        for (int i = 1; i < 4; i++) {
            write(park(fresh(event(i, "a", large))));
        }
        Claim first = get(() -> parking().claim(LANE, 100, 100));
        assertThat(first.deliveries()).hasSize(1);
        assertThat(first.more()).isTrue();
        assertThat(get(() -> parking().claim(LANE, 100, 79_999)).deliveries()).hasSize(1);
        assertThat(get(() -> parking().claim(LANE, 100, 80_000)).deliveries()).hasSize(1);
    }

    @Test
    default void whatGoesBackUntriedKeepsItsPlace() {
        write(park(fresh(1)), park(fresh(2)), park(fresh(3)));
        List<Claimed> claimed = claim(2).deliveries();
        claimed.forEach(one -> write(new Outcome.Return(taken(one), one.place())));
        assertThat(claimAll()).extracting(Claimed::event).containsExactlyElementsOf(events(1, 2, 3));
    }

    @Test
    default void nobodyClaimsWhatIsLeased() {
        write(park(fresh(1)));
        assertThat(claimAll()).hasSize(1);
        assertThat(claimAll()).isEmpty();
    }

    @Test
    default void anotherClaimsWhenTheLeaseRanOut() {
        write(park(fresh(1)));
        Claimed first = claimHastily();
        assertThat(claimLater().id()).isEqualTo(first.id());
    }

    @Test
    default void whoeverLostItsLeaseOverwritesNothingOfTheNextHolder() {
        write(park(fresh(1)));
        Claimed first = claimHastily();
        Claimed second = claimLater();
        write(tried(second, Duration.ZERO));
        write(new Outcome.Finish(taken(first)));
        write(new Outcome.Bury(taken(first, 1), 0, "late"));
        write(tried(first, LONG));
        assertThat(claimAll()).extracting(Claimed::attempts).containsExactly(1);
    }

    @Test
    default void finishedDeliveryIsGoneAndStaysGone() {
        write(park(fresh(1)));
        Claimed claimed = claimAll().get(0);
        write(new Outcome.Finish(taken(claimed)));
        write(tried(claimed, Duration.ZERO));
        assertThat(claimAll()).isEmpty();
    }

    @Test
    default void writingTheSameAgainChangesNothing() {
        write(park(fresh(1)));
        Claimed claimed = claimAll().get(0);
        write(park(fresh(1)));
        assertThat(claimAll()).isEmpty();
        write(tried(claimed, Duration.ZERO));
        write(tried(claimed, LONG));
        assertThat(claimAll()).extracting(Claimed::attempts).containsExactly(1);
    }

    @Test
    default void buriedDeliveryIsNotClaimed() {
        write(park(fresh(1)));
        Claimed claimed = claimAll().get(0);
        write(new Outcome.Bury(taken(claimed, 1), 0, "exhausted"));
        write(new Outcome.Bury(fresh(2), 0, "gone"));
        write(park(fresh(2)));
        assertThat(claimAll()).isEmpty();
        assertThat(wake()).isEmpty();
    }

    @Test
    default void delayedDeliveryIsClaimedWhenItIsDue() {
        write(new Outcome.Park(fresh(1), 0, SHORT), new Outcome.Park(fresh(2), 0, LONG));
        assertThat(claimLater().event()).isEqualTo(event(1));
        assertThat(claimAll()).isEmpty();
    }

    @Test
    default void nothingOfARestingLaneIsClaimedOrWoken() {
        get(() -> parking().write(LANE, List.of(park(fresh(1))), LONG));
        get(() -> parking().write(LANE, List.of(park(fresh(2))), Duration.ZERO));
        get(() -> parking().rouse(LANE));
        assertThat(wake()).isEmpty();
        assertThat(claim(10)).isEqualTo(new Claim(List.of(), false, 0, List.of()));
    }

    @Test
    default void aShorterRestDoesNotShortenALongerOne() {
        get(() -> parking().write(LANE, List.of(park(fresh(1))), LONG));
        get(() -> parking().write(LANE, List.of(park(fresh(2))), Duration.ofMillis(1)));
        assertThat(claimAll()).isEmpty();
    }

    @Test
    default void laneRunsWhenItsRestIsOver() {
        get(() -> parking().write(LANE, List.of(park(fresh(1))), SHORT));
        until(() -> parking().wake(0, 10), woken -> woken.lanes().equals(List.of(LANE)));
        assertThat(claimLater().event()).isEqualTo(event(1));
    }

    @Test
    default void wakesALaneForOneOnly() {
        write(park(fresh(1)));
        assertThat(wake()).containsExactly(LANE);
        assertThat(wake()).isEmpty();
    }

    @Test
    default void aClaimThatLeavesSomeWakesTheLaneForOthers() {
        write(park(fresh(1)), park(fresh(2)));
        wake();
        claim(1);
        assertThat(wake()).containsExactly(LANE);
    }

    @Test
    default void restingLaneIsWokenWhenSomebodyRousesIt() {
        write(park(fresh(1)));
        get(() -> parking().rest(LANE, LONG));
        assertThat(wake()).isEmpty();
        get(() -> parking().rouse(LANE));
        assertThat(wake()).containsExactly(LANE);
    }

    @Test
    default void sleepingLaneKeepsItsDeliveriesAndIsNotWoken() {
        write(park(fresh(1)));
        get(() -> parking().sleep(LANE));
        assertThat(wake()).isEmpty();
        get(() -> parking().rouse(LANE));
        assertThat(wake()).containsExactly(LANE);
        assertThat(claimAll()).hasSize(1);
    }

    @Test
    default void rousingALaneWithoutDeliveriesWakesNobody() {
        get(() -> parking().rouse(LANE));
        assertThat(wake()).isEmpty();
    }

    @Test
    default void purgesWhatIsParkedAndNothingOfOtherWebhooks() {
        LaneKey other = new LaneKey("wh_2", "default");
        write(park(fresh(1)), park(fresh(2)));
        Delivery others = fresh(event(1), other, null);
        get(() -> parking().write(other, List.of(park(others)), Duration.ZERO));
        assertThat(get(() -> parking().purge(LANE))).isEqualTo(2);
        assertThat(claimAll()).isEmpty();
        assertThat(wake()).containsExactly(other);
        assertThat(get(() -> parking().claim(other, 10)).deliveries()).hasSize(1);
    }

    @Test
    default void aLateRenewalDoesNotBringARetryForward() {
        write(park(fresh(1)));
        Claimed first = claimHastily();
        Claimed second = claimLater();
        write(tried(second, LONG));
        get(() -> ofHastyPod().renew(LANE, List.of(first.id())));
        write(new Outcome.Park(fresh(2), 0, SHORT.multipliedBy(2)));
        assertThat(claimLater().event()).isEqualTo(event(2));
    }

    @Test
    default void renewalKeepsAnotherPodFromClaiming() {
        write(park(fresh(1)));
        Claimed first = claimHastily();
        get(() -> parking().renew(LANE, List.of(first.id())));
        write(new Outcome.Park(fresh(2), 0, SHORT.multipliedBy(2)));
        assertThat(claimLater().event()).isEqualTo(event(2));
    }

    @Test
    default void renewingWhatIsGoneBringsNothingBack() {
        get(() -> parking().renew(LANE, List.of(fresh(1).id())));
        assertThat(claimAll()).isEmpty();
    }
}
