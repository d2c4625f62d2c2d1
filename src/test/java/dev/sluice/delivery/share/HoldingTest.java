package dev.sluice.delivery.share;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.memory.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HoldingTest {
    private static final int MIB = 1 << 20;
    private static final int FREE = 0;
    private static final int KEYED = 1;
    private static final Share SHARE = new Share(1000, 400, 16 * MIB);

    private final Quota wire = new Quota(32 * MIB);
    private final Pots pots = new Pots(List.of(SHARE, SHARE), SHARE, wire);

    private Holding lane() {
        return new Holding(pots, 0);
    }

    /** A lane that takes deliveries of a size until it may not. */
    private Holding greedy(int pot, int bytes) {
        Holding lane = lane();
        while (lane.admits(pot, 0)) {
            lane.took(pot, bytes);
        }
        return lane;
    }

    /** A lane that starts attempts of a size until it may not. */
    private Holding hanging(int bytes) {
        Holding lane = lane();
        while (lane.send(bytes)) {
            // one more
        }
        return lane;
    }

    /** A lane whose endpoint took what it got last. */
    private Holding well() {
        Holding lane = lane();
        lane.took(FREE, 1);
        lane.finished(FREE, 1, true, 0);
        return lane;
    }

    @Test
    void laneOfLargeDeliveriesIsFullBeforeItIsFullByNumber() {
        assertThat(greedy(FREE, MIB).held()).isEqualTo(8);
    }

    @Test
    void laneOfSmallDeliveriesIsFullByNumber() {
        assertThat(greedy(FREE, 100).held()).isEqualTo(400);
    }

    @Test
    void manyGreedyLanesLeaveBytesForTheNext() {
        IntStream.range(0, 8).forEach(lane -> greedy(FREE, 50_000));
        assertThat(greedy(FREE, 1000).held()).isPositive();
    }

    @Test
    void laneThatHoldsNothingMayHoldOneWhateverItsSize() {
        Holding lane = lane();
        lane.took(FREE, 15 * MIB);
        assertThat(lane().admits(FREE, 0)).isTrue();
        assertThat(lane.isOver(15 * MIB, 0)).isFalse();
    }

    @Test
    void evenOneIsTooMuchOfAWindowThatIsFull() {
        Holding first = lane();
        first.took(FREE, 10 * MIB);
        Holding second = lane();
        second.took(FREE, 10 * MIB);
        assertThat(first.isOver(10 * MIB, 0)).isTrue();
        first.left(FREE, 10 * MIB);
        assertThat(second.isOver(10 * MIB, 0))
                .as("the window is not full any more")
                .isFalse();
    }

    @Test
    void oneForEachOfManyLanesIsTooMuchOfAWindow() {
        List<Holding> lanes = IntStream.range(0, 1500).mapToObj(i -> lane()).toList();
        lanes.forEach(lane -> lane.took(FREE, 1));
        lanes.stream().filter(lane -> lane.isOver(1, 0)).forEach(lane -> lane.left(FREE, 1));
        assertThat(lanes.stream().mapToInt(Holding::held).sum()).isLessThan(1000);
        assertThat(lane().admits(FREE, 0)).isTrue();
    }

    @Test
    void eachOfManyLanesMayHaveOneOfWhatRedisHas() {
        List<Holding> lanes = IntStream.range(0, 1500).mapToObj(i -> lane()).toList();
        lanes.forEach(lane -> lane.took(pots.parked(), 1));
        assertThat(lanes).noneMatch(lane -> lane.isOver(1, 0));
        assertThat(lane().room(0)).isEqualTo(1);
    }

    @Test
    void bytesOfWhatRedisHasAreGivenBackWhenThereAreNoMore() {
        List<Holding> lanes = IntStream.range(0, 4).mapToObj(i -> lane()).toList();
        lanes.forEach(lane -> lane.took(pots.parked(), 5 * MIB));
        assertThat(lanes).allMatch(lane -> lane.isOver(5 * MIB, 0));
    }

    @Test
    void lastQuarterOfWhatRedisHasIsForLanesWhoseEndpointTookWhatItGot() {
        Holding hanging = lane();
        hanging.took(pots.parked(), 12 * MIB);
        assertThat(lane().roomBytes(0)).isZero();
        assertThat(well().roomBytes(0)).isEqualTo(2 * MIB);
    }

    @Test
    void windowOfOneFanOutIsNotFullBecauseThatOfAnotherIs() {
        IntStream.range(0, 20).forEach(lane -> greedy(FREE, MIB));
        assertThat(greedy(KEYED, MIB).held()).isEqualTo(8);
    }

    @Test
    void laneIsOverWhatItMayHoldWhenOthersHaveCome() {
        Holding first = greedy(FREE, MIB);
        assertThat(first.isOver(MIB, 0)).isFalse();
        greedy(FREE, MIB);
        assertThat(first.isOver(MIB, 0)).isTrue();
    }

    @Test
    void endpointThatKeepsUpIsNotMadeToParkThoughAllIsTaken() {
        Holding fast = lane();
        for (int i = 0; i < 10; i++) {
            fast.took(FREE, MIB);
            fast.finished(FREE, MIB, true, 0);
        }
        greedy(FREE, MIB);
        greedy(FREE, MIB);
        for (int i = 0; i < 10; i++) {
            assertThat(fast.admits(FREE, 0)).isTrue();
            fast.took(FREE, MIB);
        }
        assertThat(fast.admits(FREE, 0)).isFalse();
        assertThat(fast.isOver(MIB, Duration.ofSeconds(2).toNanos())).isTrue();
    }

    @Test
    void claimsNoMoreBytesThanAreFree() {
        assertThat(lane().roomBytes(0)).isEqualTo(8 * MIB);
        Holding large = lane();
        large.took(pots.parked(), 20 * MIB);
        assertThat(lane().roomBytes(0)).isZero();
        assertThat(large.roomBytes(0)).isZero();
    }

    @Test
    void laneThatHangsLeavesTheWireToOthers() {
        hanging(MIB);
        assertThat(wire.held()).isLessThanOrEqualTo(wire.most() / 2);
        assertThat(lane().send(5 * MIB)).isTrue();
    }

    @Test
    void wireIsNeverTakenTwiceHoweverManyLanesHang() {
        List<Holding> all = new ArrayList<>();
        IntStream.range(0, 500).forEach(lane -> all.add(hanging(MIB)));
        IntStream.range(0, 500).forEach(lane -> all.add(hanging(5 * MIB)));
        assertThat(wire.held()).isLessThanOrEqualTo(wire.most());
    }

    @Test
    void lastQuarterOfTheWireIsForLanesWhoseEndpointTookWhatItGot() {
        IntStream.range(0, 500).forEach(lane -> hanging(100_000));
        assertThat(wire.free()).isGreaterThanOrEqualTo(wire.most() / 4);
        assertThat(lane().send(100_000)).isFalse();
        assertThat(well().send(100_000)).isTrue();
    }

    @Test
    void attemptLargerThanTheWireGoesOutWhenNothingElseDoes() {
        Holding lane = lane();
        assertThat(lane.send(64 * MIB)).isTrue();
        assertThat(lane.send(1)).isFalse();
        lane.sent(64 * MIB);
        assertThat(lane.send(1)).isTrue();
    }

    @Test
    void laneMayHoldSoManyMoreOfWhatRedisHasAsItDoesNotHoldYet() {
        Holding lane = lane();
        IntStream.range(0, 10).forEach(i -> lane.took(pots.parked(), 1));
        assertThat(lane.room(0)).isEqualTo(390);
        lane.took(pots.parked(), 3 * MIB - 10);
        assertThat(lane.roomBytes(0)).isEqualTo(5 * MIB);
        assertThat(pots.heldOfParked()).isEqualTo(3 * MIB);
        assertThat(pots.heldOfWindows()).isZero();
        lane.took(FREE, 7);
        lane.took(KEYED, 8);
        assertThat(pots.heldOfWindows()).isEqualTo(15);
    }

    @Test
    void laneIsHungryWhileHalfOfWhatItMayHoldIsFree() {
        Holding lane = lane();
        IntStream.range(0, 200).forEach(i -> lane.took(pots.parked(), 1));
        assertThat(lane.isHungry(1000, 0)).isTrue();
        assertThat(lane.isHungry(400, 0)).isTrue();
        assertThat(lane.isHungry(398, 0)).as("of those it has use for").isFalse();
        lane.took(pots.parked(), 1);
        assertThat(lane.isHungry(1000, 0)).isFalse();
    }

    @Test
    void laneIsHungryWhileHalfOfTheBytesThatItMayHoldAreFree() {
        Holding lane = lane();
        lane.took(pots.parked(), 4 * MIB);
        assertThat(lane.isHungry(1000, 0)).isTrue();
        lane.took(pots.parked(), 1);
        assertThat(lane.isHungry(1000, 0)).isFalse();
    }

    @Test
    void attemptMayTakeJustHalfOfWhatIsFreeOnTheWire() {
        assertThat(wire.take(2 * MIB)).isTrue();
        assertThat(lane().maySend(11 * MIB)).isTrue();
        assertThat(lane().maySend(11 * MIB + 1)).isFalse();
    }

    @Test
    void attemptThatEndsGivesItsRoomOnTheWireBack() {
        Holding lane = lane();
        assertThat(wire.take(2 * MIB)).isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(lane.send(8 * MIB)).isTrue();
            lane.sent(8 * MIB);
        }
        assertThat(wire.held()).isEqualTo(2 * MIB);
    }

    @Test
    void countsWhatFoundNoRoomOnTheWire() {
        wire.take(30 * MIB);
        long before = wire.refusals();
        assertThat(lane().send(MIB)).isFalse();
        assertThat(wire.refusals()).isEqualTo(before + 1);
    }

    /** All of it and no more: there is nothing for another, and what each holds is what it may. */
    @Test
    void windowThatIsJustFullIsFull() {
        Holding first = lane();
        first.took(FREE, 8 * MIB);
        Holding second = lane();
        second.took(FREE, 8 * MIB);
        assertThat(lane().admits(FREE, 0)).isFalse();
        assertThat(first.isOver(8 * MIB, 0)).isTrue();
    }

    @Test
    void laneWhoseYoungestIsBeyondItsBytesIsOverThem() {
        Holding lane = lane();
        lane.took(FREE, 8 * MIB - 1);
        lane.took(FREE, 1);
        assertThat(lane.isOver(1, 0)).isFalse();
        lane.left(FREE, 8 * MIB - 1);
        lane.took(FREE, 8 * MIB);
        assertThat(lane.isOver(1, 0)).isTrue();
    }

    @Test
    void endpointThatKeepsUpKeepsWhatItFinishesInASecondThoughTheWindowIsFull() {
        Holding fast = lane();
        for (int i = 0; i < 6; i++) {
            fast.took(FREE, MIB);
            fast.finished(FREE, MIB, true, 0);
        }
        IntStream.range(0, 6).forEach(i -> fast.took(FREE, 1));
        Holding many = lane();
        IntStream.range(0, 994).forEach(i -> many.took(FREE, 1));
        assertThat(fast.isOver(1, 0)).as("of the number").isFalse();
        fast.took(FREE, 1);
        assertThat(fast.isOver(1, 0)).isTrue();
        Holding large = lane();
        large.took(KEYED, 10 * MIB);
        fast.took(KEYED, 6 * MIB);
        IntStream.range(0, 7).forEach(i -> fast.left(FREE, 1));
        assertThat(fast.isOver(6 * MIB, 0)).as("of the bytes").isFalse();
        fast.took(KEYED, 1);
        assertThat(fast.isOver(1, 0)).isTrue();
    }
}
