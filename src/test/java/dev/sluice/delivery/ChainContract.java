package dev.sluice.delivery;

import static dev.sluice.delivery.ParkingSite.events;
import static dev.sluice.delivery.ParkingSite.finish;
import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.delivery.ParkingSite.kept;
import static dev.sluice.delivery.ParkingSite.park;
import static dev.sluice.delivery.ParkingSite.taken;
import static dev.sluice.delivery.ParkingSite.tried;
import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Parking.Blocked;
import dev.sluice.delivery.Parking.Claimed;
import dev.sluice.delivery.Parking.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How parked deliveries of one ordering key follow each other. */
public interface ChainContract extends ParkingSite {
    @Test
    default void onlyTheFirstOfAKeyIsClaimed() {
        write(park(fresh(1, "a")), park(fresh(2, "a")), park(fresh(3, "b")), park(fresh(4)));
        assertThat(claimAll()).extracting(Claimed::event).containsExactlyElementsOf(events(1, 3, 4));
        assertThat(claim(10).more()).isFalse();
    }

    @Test
    default void theNextOneIsDueWhenTheFirstIsDelivered() {
        write(park(fresh(1, "a")), park(fresh(2, "a")));
        Written written = write(finish(claimOne()));
        assertThat(written.more()).isTrue();
        assertThat(wake()).containsExactly(LANE);
        assertThat(claimAll()).extracting(Claimed::event).containsExactly(event(2));
    }

    @Test
    default void theNextOneIsDueWhenTheFirstIsDead() {
        write(park(fresh(1, "a")), park(fresh(2, "a")));
        Claimed first = claimOne();
        assertThat(write(new Outcome.Bury(taken(first, 1), 0, "exhausted")).more())
                .isTrue();
        assertThat(claimAll()).extracting(Claimed::event).containsExactly(event(2));
    }

    @Test
    default void aFailedFirstHoldsBackTheRestOfItsKeyAndNoOther() {
        write(park(fresh(1, "a")), park(fresh(2, "a")), park(fresh(3, "b")));
        write(tried(claimOne(), LONG));
        assertThat(claimAll()).extracting(Claimed::event).containsExactly(event(3));
        assertThat(blocked()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    default void aFailedFirstIsStillTheFirstWhenItIsTriedAgain() {
        write(park(fresh(1, "a")), park(fresh(2, "a")));
        write(tried(claimOne(), Duration.ZERO));
        Claimed again = claimOne();
        assertThat(again.event()).isEqualTo(event(1));
        assertThat(again.attempts()).isEqualTo(1);
        write(finish(again));
        assertThat(claimOne().event()).isEqualTo(event(2));
    }

    @Test
    default void whatGoesBackUntriedIsStillTheFirst() {
        write(park(fresh(1, "a")), park(fresh(2, "a")));
        Claimed first = claimOne();
        write(new Outcome.Return(taken(first), first.place()));
        assertThat(claimAll()).extracting(Claimed::event).containsExactly(event(1));
    }

    @Test
    default void aChainIsInTheOrderOfTheWritesWhateverItsDelays() {
        write(park(fresh(9, "a")), new Outcome.Park(fresh(2, "a"), 0, LONG), park(fresh(1, "a")));
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Claimed claimed = claimOne();
            order.add(dev.sluice.testing.NumberedEvents.number(claimed.event()));
            write(finish(claimed));
        }
        assertThat(order).containsExactly(9, 2, 1);
    }

    @Test
    default void theNextOfARestingLaneWaitsUntilTheRestIsOver() {
        write(park(fresh(1, "a")), park(fresh(2, "a")));
        Claimed first = claimOne();
        Written written = get(() -> parking().write(LANE, List.of(finish(first)), LONG));
        assertThat(written.more()).isFalse();
        assertThat(wake()).isEmpty();
        assertThat(claimAll()).isEmpty();
    }

    @Test
    default void aKeyIsBlockedAsLongAsSomethingOfItIsParked() {
        assertThat(blocked()).isEmpty();
        write(park(fresh(1, "a key, with {braces}: ö")), park(fresh(2)));
        assertThat(blocked()).containsExactly("a key, with {braces}: ö");
        claimAll().forEach(one -> write(finish(one)));
        assertThat(blocked()).isEmpty();
    }

    @Test
    default void tooManyBlockedKeysAreNotNamed() {
        int most = Blocked.MOST;
        IntStream.rangeClosed(0, most / 200)
                .forEach(page -> write(IntStream.range(page * 200, page * 200 + 200)
                        .limit(page * 200 < most ? 200 : 1)
                        .mapToObj(i -> park(fresh(i, "key " + i)))
                        .toArray(Outcome[]::new)));
        Blocked blocked = get(() -> parking().blockedKeys(LANE));
        assertThat(blocked).isEqualTo(Blocked.ALL);
        assertThat(blocked.contains("any")).isTrue();
        write(finish(claimOne()));
        assertThat(blocked()).hasSize(most);
    }

    @Test
    default void writingAChainAgainChangesNothing() {
        write(park(fresh(1, "a")), park(fresh(2, "a")));
        write(park(fresh(1, "a")), park(fresh(2, "a")));
        Claimed first = claimOne();
        write(finish(first));
        write(finish(first));
        write(finish(claimOne()));
        assertThat(claimAll()).isEmpty();
        assertThat(blocked()).isEmpty();
    }

    @Test
    default void whoeverLostItsLeaseDoesNotEndTheChainsFirst() {
        write(park(fresh(1, "a")), park(fresh(2, "a")));
        Claimed first = claimHastily();
        Claimed second = claimLater();
        write(tried(second, LONG));
        write(finish(first));
        assertThat(claimAll()).isEmpty();
    }

    @Test
    default void aDeliveryUnderWayIsKeptUnderALeaseAndOthersWaitBehindIt() {
        write(new Outcome.Keep(fresh(1, "a")), park(fresh(2, "a")));
        assertThat(claimAll()).isEmpty();
        assertThat(blocked()).containsExactly("a");
        write(new Outcome.Finish(kept(fresh(1, "a"), 0)));
        assertThat(claimAll()).extracting(Claimed::event).containsExactly(event(2));
    }

    @Test
    default void aKeptDeliveryThatFailsIsTriedAgainBeforeThoseBehindIt() {
        write(new Outcome.Keep(fresh(1, "a")), park(fresh(2, "a")));
        write(new Outcome.Park(kept(fresh(1, "a"), 1), 0, Duration.ZERO));
        assertThat(claimAll()).extracting(Claimed::event).containsExactly(event(1));
    }

    @Test
    default void aKeptDeliveryIsTheFirstThoughOthersOfItsKeyCameBefore() {
        write(park(fresh(2, "a")), new Outcome.Keep(fresh(1, "a")));
        assertThat(claimAll()).isEmpty();
        write(new Outcome.Finish(kept(fresh(1, "a"), 0)));
        assertThat(claimAll()).extracting(Claimed::event).containsExactly(event(2));
    }

    @Test
    default void aKeptDeliveryIsClaimedWhenThePodThatKeptItIsGone() {
        get(() -> ofHastyPod().write(LANE, List.of(new Outcome.Keep(fresh(1, "a"))), Duration.ZERO));
        assertThat(claimLater().event()).isEqualTo(event(1));
    }

    @Test
    default void keepingAgainChangesNothing() {
        write(new Outcome.Keep(fresh(1, "a")), park(fresh(2, "a")));
        write(new Outcome.Keep(fresh(1, "a")), new Outcome.Park(kept(fresh(1, "a"), 1), 0, Duration.ZERO));
        write(new Outcome.Keep(fresh(1, "a")));
        Claimed first = claimOne();
        assertThat(first.attempts()).isEqualTo(1);
        write(finish(first));
        assertThat(claimAll()).extracting(Claimed::event).containsExactly(event(2));
    }

    @Test
    default void aDeliveryWithoutKeyIsKeptToo() {
        write(new Outcome.Keep(fresh(1)), park(fresh(2)));
        assertThat(claimAll()).extracting(Claimed::event).containsExactly(event(2));
        write(new Outcome.Park(kept(fresh(1), 1), 0, Duration.ZERO));
        assertThat(claimAll()).extracting(Claimed::event).containsExactly(event(1));
    }

    @Test
    default void purgeEndsAllChains() {
        write(park(fresh(1, "a")), park(fresh(2, "a")), park(fresh(3, "b")));
        assertThat(get(() -> parking().purge(LANE))).isEqualTo(3);
        assertThat(blocked()).isEmpty();
        write(park(fresh(4, "a")));
        assertThat(claimAll()).extracting(Claimed::event).containsExactly(event(4));
    }
}
