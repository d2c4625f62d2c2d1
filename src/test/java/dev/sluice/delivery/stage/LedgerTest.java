package dev.sluice.delivery.stage;

import static dev.sluice.testing.NumberedEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking;
import dev.sluice.delivery.ParkingSite;
import dev.sluice.fault.Faults;
import dev.sluice.fault.Retries;
import dev.sluice.testing.InMemoryParking;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final long MOST_OUT = 1000;
    private static final long NOTHING_ELSE = fresh("any", 0, 0).bytes();

    private final ManualTicker ticker = new ManualTicker();
    private final ManualTimers timers = new ManualTimers(ticker);
    private final InMemoryParking parking = new InMemoryParking(ticker, World.HOMES, World.LEASE);
    private final Deque<Runnable> turn = new ArrayDeque<>();
    /** The lane of each page that Redis has, and how many outcomes it had, in their order. */
    private final List<String> written = new ArrayList<>();
    /** The lane of each page that Redis has done. */
    private final List<String> told = new ArrayList<>();
    /** Of these webhooks others have what this pod had. */
    private final Set<String> lost = new HashSet<>();

    private final AtomicInteger asked = new AtomicInteger();

    private final Ledger ledger = new Ledger(
            parking,
            MOST_OUT,
            turn::add,
            new Retries(Faults.UNCOUNTED, timers),
            new Ledger.Listener() {
                @Override
                public void written(LaneKey lane, Parking.Written done) {
                    told.add(lane.webhookId());
                }

                @Override
                public void kept(List<Outcome> outcomes) {
                    written.add(
                            outcomes.isEmpty()
                                    ? "nothing"
                                    : outcomes.get(0).delivery().webhookId() + " " + outcomes.size());
                }
            },
            delivery -> {
                asked.incrementAndGet();
                return lost.contains(delivery.webhookId());
            });
    private int nextEvent = 1;

    @BeforeEach
    void redisTakesItsTime() {
        parking.hold("write");
    }

    private static LaneKey lane(String name) {
        return new LaneKey(name, "default");
    }

    private static Delivery fresh(String lane, int number, int dataBytes) {
        return ParkingSite.fresh(event(number, "entry.update", Buffer.buffer(new byte[dataBytes])), lane(lane), null);
    }

    /** Something that weighs so much. */
    private void park(String lane, long bytes) {
        ledger.write(
                lane(lane), ParkingSite.park(fresh(lane, nextEvent++, (int) (bytes - NOTHING_ELSE))), Duration.ZERO);
    }

    /** Something that weighs nothing. */
    private void finish(String lane) {
        ledger.write(
                lane(lane), new Outcome.Finish(fresh(lane, nextEvent++, 500).kept(0)), Duration.ZERO);
    }

    private void endTurn() {
        while (!turn.isEmpty()) {
            turn.remove().run();
        }
    }

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
