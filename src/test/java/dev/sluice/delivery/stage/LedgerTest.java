package dev.sluice.delivery.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much of what is to be written is out at a time, and whose turn it is. */
class LedgerTest extends LedgerHarness {
    @Test
    void noMoreBytesAreOutThanMayBe() {
        for (String lane : List.of("a", "b", "c", "d", "e")) {
            park(lane, 400);
        }
        endTurn();
        assertThat(parking.out()).isEqualTo(2);
        parking.answerNext();
        assertThat(parking.out()).isEqualTo(2);
        parking.answerAll();
        assertThat(written).containsExactly("a 1", "b 1", "c 1", "d 1", "e 1");
    }

    @Test
    void whatWaitsForRoomIsNotOvertakenBySomethingSmaller() {
        park("a", 400);
        park("b", 400);
        park("large", 900);
        park("small", 200);
        endTurn();
        park("later", 200);
        endTurn();
        assertThat(parking.out()).isEqualTo(2);
        parking.answerNext();
        assertThat(parking.out()).isEqualTo(1);
        parking.answerAll();
        assertThat(written).containsExactly("a 1", "b 1", "large 1", "small 1", "later 1");
    }

    @Test
    void whatOthersMayBeAtIsNotWrittenAnyMoreButThatItHasEnded() {
        park("a", 400);
        park("b", 400);
        endTurn();
        park("a", 400);
        finish("a");
        park("b", 400);
        endTurn();
        lost.add("a");
        parking.answerAll();
        assertThat(written).filteredOn(one -> !one.equals("nothing")).containsExactly("a 1", "b 1", "a 1", "b 1");
        assertThat(ledger.unwritten()).isZero();
        assertThat(ledger.isWritten(lane("a"))).isTrue();
    }

    @Test
    void whatOthersMayBeAtLeavesNothingToWaitFor() {
        park("a", 400);
        endTurn();
        park("a", 400);
        lost.add("a");
        endTurn();
        parking.answerAll();
        assertThat(written).containsExactly("a 1", "nothing");
        assertThat(ledger.unwritten()).isZero();
        assertThat(ledger.isWritten(lane("a"))).isTrue();
    }

    @Test
    void whatBecomesOthersWhileItWaitsForRoomIsNotWritten() {
        park("a", 900);
        park("b", 900);
        endTurn();
        lost.add("b");
        parking.answerAll();
        assertThat(written).containsExactly("a 1", "nothing");
        assertThat(ledger.unwritten()).isZero();
    }

    @Test
    void isLookedThroughOnceForEachPageHoweverManyTurnsItTakesUntilThereIsRoom() {
        park("a", 900);
        endTurn();
        for (int i = 0; i < 100; i++) {
            park("b", 400);
            endTurn();
        }
        assertThat(asked.get()).isLessThan(10);
        parking.answerAll();
        assertThat(ledger.unwritten()).isZero();
    }

    @Test
    void onePageIsNoMoreThanMayBeOut() {
        for (int i = 0; i < 5; i++) {
            park("a", 400);
        }
        park("b", 400);
        endTurn();
        parking.answerAll();
        assertThat(written).containsExactly("a 2", "b 1", "a 2", "a 1");
    }

    @Test
    void whatIsLargerThanMayBeOutGoesAlone() {
        park("a", 400);
        park("large", 5000);
        park("b", 400);
        endTurn();
        assertThat(parking.out()).isEqualTo(1);
        parking.answerNext();
        assertThat(parking.out()).isEqualTo(1);
        parking.answerAll();
        assertThat(written).containsExactly("a 1", "large 1", "b 1");
    }

    @Test
    void whatWeighsNothingGoesAtOnce() {
        park("a", 900);
        park("b", 900);
        finish("c");
        endTurn();
        assertThat(parking.out()).isEqualTo(2);
        parking.answerNext();
        parking.answerNext();
        assertThat(written).containsExactly("a 1", "c 1");
    }

    @Test
    void oneWriteOfALaneIsOutAtATimeAndWhatFollowsIsCollected() {
        park("a", 100);
        endTurn();
        park("a", 100);
        endTurn();
        park("a", 100);
        endTurn();
        assertThat(parking.out()).isEqualTo(1);
        parking.answerAll();
        assertThat(written).containsExactly("a 1", "a 2");
        assertThat(ledger.isWritten(lane("a"))).isTrue();
    }

    @Test
    void howeverManyLanesWaitWhenRedisGoesAwayAllIsWrittenWhenItIsBack() {
        int lanes = 20_000;
        for (int lane = 0; lane < lanes; lane++) {
            park("wh_" + lane, 400);
        }
        endTurn();
        parking.goAway();
        assertThat(ledger.unwritten()).isEqualTo(lanes);
        parking.holdNothing();
        parking.comeBack();
        timers.advance(Duration.ofSeconds(1));
        assertThat(ledger.unwritten()).isZero();
        assertThat(written).hasSize(lanes);
    }
}
