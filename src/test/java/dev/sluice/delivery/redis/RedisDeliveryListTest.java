package dev.sluice.delivery.redis;

import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.testing.NumberedEvents.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.history.Deliveries.Page;
import dev.sluice.delivery.history.Deliveries.Query;
import dev.sluice.delivery.history.DeliveryState;
import dev.sluice.testing.Attempts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisDeliveryListTest extends RedisDeliveriesHarness {
    private List<String> allPages(Query query, int limit) {
        List<String> ids = new ArrayList<>();
        Page page = list(query, null, limit);
        ids.addAll(ids(page));
        while (page.cursor() != null) {
            page = list(query, page.cursor(), limit);
            assertThat(page.deliveries()).hasSizeLessThanOrEqualTo(limit);
            ids.addAll(ids(page));
        }
        return ids;
    }

    @Test
    void listsWhatWaitsSoonestFirstThenTheDeadThenTheEndedNewestFirst() {
        String later = park(1, HOUR);
        String soon = park(2, Duration.ZERO);
        String dead = bury(3);
        log(LANE, Attempts.delivered("wh_1", 4), Attempts.delivered("wh_1", 5));
        List<String> wanted = List.of(soon, later, dead, Attempts.delivery("wh_1", 5), Attempts.delivery("wh_1", 4));
        for (int limit = 1; limit <= 6; limit++) {
            assertThat(allPages(ALL, limit)).as("pages of %d", limit).isEqualTo(wanted);
        }
        assertThat(list(ALL, null, 5).cursor()).isNull();
    }

    @Test
    void listsEachThatWaitsOnceThoughManyAreDueInOneMillisecond() {
        Outcome[] many = IntStream.range(0, 450)
                .mapToObj(i -> new Outcome.Park(fresh(i), 0, HOUR))
                .toArray(Outcome[]::new);
        write(Duration.ZERO, many);
        assertThat(allPages(ALL, 64)).hasSize(450).doesNotHaveDuplicates();
    }

    @Test
    void goesOnAtTheRightPlaceThoughTheLastOfTheFormerPageIsGone() {
        IntStream.range(0, 10).forEach(i -> park(i, HOUR.plusSeconds(i)));
        Page first = list(ALL, null, 4);
        hurry(ids(first).get(3));
        claim();
        assertThat(ids(list(ALL, first.cursor(), 100))).hasSize(6).doesNotContainAnyElementsOf(ids(first));
    }

    @Test
    void selectsByTheTimeAtWhichADeliveryIsDueDiedOrEnded() {
        String due = park(1, HOUR);
        String later = park(2, HOUR.multipliedBy(2));
        Instant at = find(due).orElseThrow().at();
        assertThat(ids(between(at, at.plusMillis(1)))).containsExactly(due);
        assertThat(ids(between(at.plusMillis(1), null))).containsExactly(later);
        assertThat(ids(between(null, at))).isEmpty();
        log(LANE, Attempts.delivered("wh_1", 3));
        Instant ended = Attempts.AT.plusSeconds(3);
        assertThat(ids(between(ended, ended.plusMillis(1)))).containsExactly(Attempts.delivery("wh_1", 3));
        assertThat(ids(between(null, ended))).isEmpty();
    }

    private static Query between(@Nullable Instant since, @Nullable Instant until) {
        return new Query(LANE, EnumSet.allOf(DeliveryState.class), false, since, until);
    }

    @Test
    void selectsWhatWasTried() {
        park(1, HOUR);
        String tried = park(tried(2), HOUR);
        String dead = bury(3);
        Query failed = new Query(LANE, EnumSet.of(DeliveryState.WAITING, DeliveryState.DEAD), true, null, null);
        assertThat(ids(failed)).containsExactly(tried, dead);
        assertThat(ids(only(DeliveryState.DEAD))).containsExactly(dead);
    }

    @Test
    void whatWaitsBehindAnotherOfItsKeyHasNoTimeAndComesLast() {
        String first = park(fresh(keyed(1, "k"), LANE, "k"), HOUR);
        String behind = park(fresh(keyed(2, "k"), LANE, "k"), Duration.ZERO);
        String third = park(fresh(keyed(3, "k"), LANE, "k"), Duration.ZERO);
        assertThat(find(behind).orElseThrow().at()).isNull();
        assertThat(find(behind).orElseThrow().state()).isEqualTo(DeliveryState.WAITING);
        assertThat(allPages(ALL, 1)).containsExactly(first, behind, third);
        assertThat(ids(between(redisTime(), null))).containsExactly(first);
        assertThat(ids(between(null, redisTime().plus(HOUR.multipliedBy(2))))).containsExactly(first);
    }

    @Test
    void showsATenantNothingOfAnother() {
        park(1, HOUR);
        log(LANE, Attempts.delivered("wh_1", 2));
        bury(3);
        LaneKey foreign = new LaneKey("wh_1", "acme");
        assertThat(ids(new Query(foreign, EnumSet.allOf(DeliveryState.class), false, null, null)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "9", "3", "0garbage", "1garbage", "2garbage", "0~dlv_1_1", "-1"})
    void refusesACursorOfSomebodyElse(String cursor) {
        log(LANE, Attempts.delivered("wh_1", 1));
        assertThatThrownBy(() -> list(ALL, cursor, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cursor: ");
    }
}
