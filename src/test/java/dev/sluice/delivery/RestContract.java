package dev.sluice.delivery;

import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.delivery.ParkingSite.park;
import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Parking.Resting;
import dev.sluice.delivery.Parking.Woken;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How every pod learns that an endpoint asked one of them to be left alone. */
public interface RestContract extends ParkingSite {
    private static Outcome asked(Delivery delivery, Duration rest) {
        return new Outcome.Park(delivery, 0, Duration.ZERO, rest);
    }

    private static Woken look(ParkingSite site, Parking pod) {
        return site.get(() -> pod.wake(0, 10));
    }

    private List<Resting> told() {
        return look(this, parking()).resting();
    }

    private LaneKey askedBy(int number) {
        LaneKey lane = new LaneKey("wh_" + number, "default");
        get(() -> parking().write(lane, List.of(asked(fresh(event(number), lane, null), LONG)), Duration.ZERO));
        return lane;
    }

    @Test
    default void everyPodIsToldOnceWhatTheEndpointAskedFor() {
        Parking otherPod = ofHastyPod();
        write(asked(fresh(1), LONG));
        for (Parking pod : List.of(parking(), otherPod)) {
            assertThat(look(this, pod).resting()).singleElement().satisfies(resting -> {
                assertThat(resting.lane()).isEqualTo(LANE);
                assertThat(resting.rest()).isBetween(LONG.minusMinutes(1), LONG);
            });
            assertThat(look(this, pod)).isEqualTo(new Woken(List.of(), List.of(), List.of(), false));
        }
    }

    @Test
    default void nothingParkedIsClaimedBeforeTheEndpointWantsIt() {
        write(park(fresh(1)), asked(fresh(2), LONG));
        assertThat(claimAll()).isEmpty();
        assertThat(wake()).isEmpty();
    }

    /** Its last attempt was answered so: it waits for nothing, but others do. */
    @Test
    default void whatADeadLettersEndpointAskedForHoldsToo() {
        write(park(fresh(1)), new Outcome.Bury(fresh(2), 0, "exhausted", LONG));
        assertThat(claimAll()).isEmpty();
        assertThat(told())
                .singleElement()
                .satisfies(resting -> assertThat(resting.rest()).isBetween(LONG.minusMinutes(1), LONG));
    }

    @Test
    default void ofOneWriteTheLongestRestCounts() {
        write(asked(fresh(1), SHORT), asked(fresh(2), LONG), asked(fresh(3), SHORT));
        assertThat(told())
                .singleElement()
                .satisfies(resting -> assertThat(resting.rest()).isGreaterThan(SHORT));
    }

    @Test
    default void aLaterEndIsToldToo() {
        write(asked(fresh(1), LONG));
        assertThat(told()).hasSize(1);
        write(asked(fresh(2), LONG.multipliedBy(2)));
        assertThat(told())
                .singleElement()
                .satisfies(resting -> assertThat(resting.rest()).isGreaterThan(LONG));
    }

    @Test
    default void whatEndedIsNotTold() {
        write(asked(fresh(1), SHORT));
        claimLater();
        assertThat(told()).isEmpty();
    }

    @Test
    default void aRestOfParkedDeliveriesAloneIsNoBusinessOfOtherPods() {
        get(() -> parking().write(LANE, List.of(park(fresh(1))), LONG));
        assertThat(told()).isEmpty();
        assertThat(claimAll()).isEmpty();
    }

    @Test
    default void whatTheEndpointAskedForCountsThoughTheDeliveryIsInOtherHands() {
        write(asked(fresh(1), Duration.ZERO), asked(fresh(1), LONG));
        assertThat(told()).hasSize(1);
    }

    @Test
    default void severalLooksTellALotOfThem() {
        List<LaneKey> asked = List.of(askedBy(1), askedBy(2), askedBy(3));
        Woken two = get(() -> parking().wake(0, 2));
        Woken one = get(() -> parking().wake(0, 2));
        assertThat(two.resting()).extracting(Resting::lane).isEqualTo(asked.subList(0, 2));
        assertThat(two.more()).isTrue();
        assertThat(one.resting()).extracting(Resting::lane).isEqualTo(asked.subList(2, 3));
        assertThat(one.more()).isFalse();
    }
}
