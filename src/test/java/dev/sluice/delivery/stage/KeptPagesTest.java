package dev.sluice.delivery.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is written and not kept yet goes again if Redis may have lost it. */
class KeptPagesTest extends LedgerHarness {
    /** While a replica is away, say. */
    @Test
    void whatFollowsDoesNotWaitUntilWhatIsWrittenIsKept() {
        parking.holdNothing();
        parking.hold("keep");
        park("a", 400);
        endTurn();
        park("a", 400);
        endTurn();
        assertThat(told).containsExactly("a", "a");
        assertThat(written).isEmpty();
        assertThat(ledger.unwritten()).isEqualTo(2);
        assertThat(ledger.isWritten(lane("a"))).isTrue();
        parking.answerAll();
        assertThat(written).containsExactly("a 1", "a 1");
        assertThat(ledger.unwritten()).isZero();
    }

    @Test
    void whatRedisMayHaveLostIsWrittenAgainBeforeWhatCameLater() {
        parking.holdNothing();
        parking.hold("keep");
        park("a", 400);
        endTurn();
        park("a", 400);
        endTurn();
        parking.goAway();
        park("a", 400);
        endTurn();
        parking.comeBack();
        parking.holdNothing();
        timers.advance(Duration.ofSeconds(1));
        assertThat(written).containsExactly("a 2", "a 1");
        assertThat(ledger.unwritten()).isZero();
    }

    /** What ended meanwhile would come again, and nobody would have it. */
    @Test
    void whatWasWrittenBehindWhatIsLostIsWrittenAgainWithItThoughItIsKept() {
        parking.holdNothing();
        parking.hold("keep");
        park("a", 400);
        endTurn();
        park("a", 400);
        endTurn();
        parking.answerLast();
        assertThat(written).isEmpty();
        parking.goAway();
        parking.comeBack();
        parking.holdNothing();
        timers.advance(Duration.ofSeconds(1));
        assertThat(told).containsExactly("a", "a", "a");
        assertThat(written).containsExactly("a 2");
    }
}
