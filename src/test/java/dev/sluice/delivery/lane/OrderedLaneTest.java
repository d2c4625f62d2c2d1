package dev.sluice.delivery.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderedLaneTest extends LaneHarness {
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
    void aKeyOfWhichSomethingGoesToRedisIsBlockedWhateverTookItThere() {
        Lane lane = orderedLane("a", "b");
        assertThat(numbers(lane.evict(ticker.nanos()).park())).containsExactly(0, 1);
        assertThat(lane.offer(keyed("a", 7), ticker.nanos())).isEqualTo(Offer.BEHIND);
        assertThat(lane.evictKey("c", ticker.nanos())).isEqualTo(Eviction.NONE);
        assertThat(lane.offer(keyed("c", 7), ticker.nanos())).isEqualTo(Offer.BEHIND);
    }

    @Test
    void aKeyWhoseAttemptIsWrittenDownIsBlockedThoughNothingWaitsBehindIt() {
        Lane lane = orderedLane("a");
        startAll(lane);
        ticker.advance(Duration.ofSeconds(2).minusNanos(1));
        long two = Duration.ofSeconds(2).toNanos();
        assertThat(lane.keepOlderThan(two, ticker.nanos())).isEqualTo(Eviction.NONE);
        ticker.advance(Duration.ofNanos(1));
        assertThat(numbers(lane.keepOlderThan(two, ticker.nanos()).keep())).containsExactly(0);
        assertThat(lane.offer(keyed("a", 7), ticker.nanos())).isEqualTo(Offer.BEHIND);
    }

    @Test
    void asksWhichKeysAreBlockedUntilNoneIs() {
        Lane lane = orderedLane();
        BlockedKeys blocked = lane.blocked();
        assertThat(blocked.shouldAsk()).isFalse();
        assertThat(lane.isAtRest()).isTrue();
        lane.evictKey("a", ticker.nanos());
        lane.evictKey("b", ticker.nanos());
        assertThat(blocked.shouldAsk()).isTrue();
        assertThat(lane.isAtRest()).isFalse();
        BlockedKeys.Question question = blocked.ask();
        lane.evictKey("c", ticker.nanos());
        blocked.answered(question, Set.of("b"));
        assertThat(lane.offer(keyed("a", 7), ticker.nanos()))
                .as("its chain ended")
                .isEqualTo(Offer.QUEUED);
        assertThat(lane.offer(keyed("b", 7), ticker.nanos()))
                .as("it is chained")
                .isEqualTo(Offer.BEHIND);
        assertThat(lane.offer(keyed("c", 7), ticker.nanos()))
                .as("blocked since the question")
                .isEqualTo(Offer.BEHIND);
        blocked.answered(blocked.ask(), Set.of());
        assertThat(blocked.shouldAsk()).isFalse();
        assertThat(lane.isAtRest()).as("it holds one").isFalse();
    }

    @Test
    void takesEveryKeyOfAPartitionWithoutOrderForBlocked() {
        Lane lane = orderedLane();
        assertThat(lane.offer(keyed("a", 0), ticker.nanos())).isEqualTo(Offer.BEHIND);
        assertThat(lane.blocked().shouldAsk()).as("nobody knows more of it").isFalse();
    }

    @Test
    void goesOnWithAKeyWhoseFirstMayBeAnothers() {
        Lane lane = orderedLane();
        Delivery first = parked(keyed("a", 7), 1);
        lane.offer(first, ticker.nanos());
        ticker.advance(LEASE);
        Delivery second = parked(keyed("a", 7), 2);
        lane.offer(second, ticker.nanos());
        assertThat(lane.next(ticker.nanos())).isEqualTo(new Step.Forget(first));
        assertThat(start(lane).delivery()).isEqualTo(second);
    }
}
