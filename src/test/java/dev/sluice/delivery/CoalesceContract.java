package dev.sluice.delivery;

import static dev.sluice.delivery.ParkingSite.events;
import static dev.sluice.delivery.ParkingSite.finish;
import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.delivery.ParkingSite.taken;
import static dev.sluice.delivery.ParkingSite.tried;
import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Parking.Claimed;
import dev.sluice.delivery.Parking.Written;
import dev.sluice.delivery.redis.PackedSize;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How of a burst of events only the last is delivered. */
public interface CoalesceContract extends ParkingSite {
    private static Outcome merge(int number, Duration quiet, Duration most) {
        return new Outcome.Merge(fresh(number), "slot", quiet, most);
    }

    /** Due at once, unless another one of the burst comes before it is claimed. */
    private static Outcome merge(int number) {
        return merge(number, Duration.ZERO, LONG);
    }

    private static String id(int number) {
        return fresh(number).id();
    }

    @Test
    default void ofABurstOnlyTheYoungestIsDelivered() {
        Written written = write(merge(1, SHORT, LONG), merge(2, SHORT, LONG), merge(3, SHORT, LONG));
        assertThat(written.coalesced()).containsExactly(id(1), id(2));
        Claimed claimed = claimLater();
        assertThat(claimed.event()).isEqualTo(event(3));
        assertThat(claimed.stands()).isEqualTo(2);
        write(finish(claimed));
        assertThat(backlog().parked()).isZero();
    }

    @Test
    default void aBurstWaitsUntilItIsQuiet() {
        write(merge(1, LONG, LONG.multipliedBy(2)));
        assertThat(claimAll()).isEmpty();
    }

    @Test
    default void aBurstThatDoesNotEndIsDeliveredAllTheSame() {
        write(merge(1, LONG, SHORT), merge(2, LONG, SHORT));
        assertThat(claimLater().event()).isEqualTo(event(2));
    }

    @Test
    default void anOlderEventThatComesLaterIsCoalesced() {
        write(merge(2));
        assertThat(write(merge(1)).coalesced()).containsExactly(id(1));
        Claimed claimed = claimOne();
        assertThat(claimed.event()).isEqualTo(event(2));
        assertThat(claimed.stands()).isEqualTo(1);
        assertThat(claimed.event().data()).isEqualTo(event(2).data());
    }

    @Test
    default void anOlderEventLetsTheBurstWaitOnToo() {
        write(merge(2));
        write(merge(1, LONG, LONG.multipliedBy(2)));
        assertThat(claimAll()).isEmpty();
    }

    @Test
    default void slotsAreBurstsOfTheirOwn() {
        Written written = write(merge(1), new Outcome.Merge(fresh(2), "other slot", Duration.ZERO, LONG));
        assertThat(written.coalesced()).isEmpty();
        assertThat(claimAll()).extracting(Claimed::event).containsExactlyElementsOf(events(1, 2));
    }

    @Test
    default void whatComesAfterTheClaimIsANewBurstThatWaitsUntilTheClaimedOneHasEnded() {
        write(merge(1));
        Claimed first = claimOne();
        assertThat(write(merge(2)).coalesced()).isEmpty();
        assertThat(claimAll()).isEmpty();
        assertThat(write(finish(first)).more()).isTrue();
        assertThat(claimOne().stands()).isZero();
    }

    @Test
    default void theEventOfALostClaimIsNotSentAfterANewerOne() {
        write(merge(1));
        claimHastily();
        write(merge(2));
        assertThat(claimLater().event()).isEqualTo(event(2));
        assertThat(backlog().parked()).isEqualTo(1);
    }

    @Test
    default void whatIsLostWithItsHolderIsToldToBeCoalesced() {
        write(merge(1));
        claimHastily();
        write(merge(2, LONG, LONG));
        assertThat(until(
                        () -> parking().claim(LANE, 1),
                        claim -> !claim.coalesced().isEmpty()))
                .isEqualTo(new Parking.Claim(List.of(), false, 0, List.of(id(1))));
    }

    @Test
    default void aLostClaimIsClaimedAgainWhileNothingNewerCame() {
        write(merge(1));
        claimHastily();
        assertThat(claimLater().event()).isEqualTo(event(1));
    }

    @Test
    default void whatIsReadLateIsCoalescedThoughTheNewerOneIsDelivered() {
        write(merge(2));
        write(finish(claimOne()));
        assertThat(write(merge(1)).coalesced()).containsExactly(id(1));
        assertThat(claimAll()).isEmpty();
    }

    @Test
    default void whatFailedIsNotTriedAgainWhenANewerOneWaits() {
        write(merge(1));
        Claimed first = claimOne();
        write(merge(2));
        assertThat(write(tried(first, Duration.ZERO)).coalesced()).containsExactly(id(1));
        assertThat(claimAll()).extracting(Claimed::event).containsExactly(event(2));
    }

    @Test
    default void whatWaitsToBeTriedAgainIsOfTheNextBurst() {
        write(merge(1));
        assertThat(write(tried(claimOne(), LONG), merge(2)).coalesced()).containsExactly(id(1));
        assertThat(claimLater().stands()).isEqualTo(1);
    }

    @Test
    default void whatGoesBackUntriedIsOfTheNextBurst() {
        write(merge(1));
        Claimed first = claimOne();
        Outcome back = new Outcome.Return(taken(first), first.place());
        assertThat(write(back, merge(2)).coalesced()).containsExactly(id(1));
        assertThat(claimLater().event()).isEqualTo(event(2));
    }

    @Test
    default void mergingAgainChangesNothingAndTellsAgainWhatIsCoalesced() {
        write(merge(1), merge(2));
        assertThat(write(merge(1), merge(2)).coalesced()).containsExactly(id(1));
        assertThat(claimOne().stands()).isEqualTo(1);
    }

    @Test
    default void aWholeCallOfMergesCountsOnceThoughItIsRepeated() {
        Outcome[] burst = IntStream.range(0, 200).mapToObj(i -> merge(i)).toArray(Outcome[]::new);
        write(burst);
        write(burst);
        assertThat(claimOne().stands()).isEqualTo(199);
    }

    @Test
    default void aBurstIsParkedOnceInTheBacklog() {
        write(merge(1), merge(2), merge(3));
        assertThat(backlog().parked()).isEqualTo(1);
        assertThat(backlog().bytes()).isEqualTo(PackedSize.of(event(3)));
    }

    @Test
    default void aPurgedBurstIsOver() {
        write(merge(1, LONG, LONG));
        get(() -> parking().purge(LANE));
        assertThat(write(merge(2)).coalesced()).isEmpty();
        assertThat(claimOne().event()).isEqualTo(event(2));
    }

    @Test
    default void theOrderingKeyOfAMergedDeliveryDoesNotCount() {
        write(new Outcome.Merge(fresh(1, "a"), "slot", LONG, LONG));
        assertThat(blocked()).isEmpty();
    }
}
