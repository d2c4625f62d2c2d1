package dev.sluice.delivery.redis;

import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.testing.NumberedEvents.event;
import static dev.sluice.testing.NumberedEvents.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.config.DeliveryConfig;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Fate;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Parking.Claimed;
import dev.sluice.delivery.Parking.Outcome;
import dev.sluice.delivery.Parking.Woken;
import dev.sluice.delivery.history.AttemptRecord;
import dev.sluice.delivery.history.Deliveries.Page;
import dev.sluice.delivery.history.Deliveries.Query;
import dev.sluice.delivery.history.DeliveryState;
import dev.sluice.delivery.history.KnownDelivery;
import dev.sluice.delivery.history.Report;
import dev.sluice.delivery.history.WebhookState;
import dev.sluice.delivery.history.redis.RedisAttemptLog;
import dev.sluice.delivery.policy.pace.FoundPace;
import dev.sluice.event.Event;
import dev.sluice.redis.RedisLink;
import dev.sluice.subscription.Homes;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.testing.Attempts;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.Webhooks;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisDeliveriesTest {
    private static final LaneKey LANE = new LaneKey("wh_1", "default");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Query ALL = new Query(LANE, EnumSet.allOf(DeliveryState.class), false, null, null);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private RedisLink link;
    private Homes homes;
    private RedisParking parking;
    private RedisDeadLetters letters;
    private RedisAttemptLog log;
    private RedisDeliveries deliveries;

    @BeforeEach
    void open() {
        link = LOOP.get(
                () -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "deliveries")));
        LOOP.get(link::up);
        homes = new Homes(2, 1);
        DeliveryConfig config = DeliveryConfigs.config(LEASE, Duration.ofDays(30));
        parking = LOOP.get(() -> Future.succeededFuture(new RedisParking(link, homes, config)));
        LOOP.until(() -> parking.write(LANE, List.of(), Duration.ZERO).map(true), written -> written);
        letters = new RedisDeadLetters(link, homes, config);
        log = new RedisAttemptLog(link, homes, config);
        deliveries = new RedisDeliveries(link, homes, config, letters, log);
    }

    @AfterEach
    void close() {
        LOOP.get(() -> link.close());
    }

    private void write(Duration rest, Outcome... outcomes) {
        LOOP.get(() -> parking.write(LANE, List.of(outcomes), rest));
    }

    private String park(Delivery delivery, Duration delay) {
        write(Duration.ZERO, new Outcome.Park(delivery, 0, delay));
        return delivery.id();
    }

    private String park(int event, Duration delay) {
        return park(fresh(event), delay);
    }

    private static Delivery tried(int event) {
        Delivery fresh = fresh(event);
        return new Delivery(
                fresh.id(),
                fresh.event(),
                LANE.webhookId(),
                null,
                2,
                "{\"number\":1}\n{\"number\":2}\n",
                fresh.origin());
    }

    private String bury(int event) {
        Delivery dead = tried(event);
        write(Duration.ZERO, new Outcome.Bury(dead, 1, "exhausted"));
        return dead.id();
    }

    private void log(LaneKey lane, AttemptRecord... attempts) {
        AttemptRecord last = attempts[attempts.length - 1];
        LOOP.get(() -> log.append(List.of(new Report(lane, List.of(attempts), true, false, last, null))));
    }

    private Page list(Query query, @Nullable String cursor, int limit) {
        return LOOP.get(() -> deliveries.list(query, cursor, limit));
    }

    private List<String> ids(Query query) {
        return ids(list(query, null, 100));
    }

    private static List<String> ids(Page page) {
        return page.deliveries().stream().map(KnownDelivery::id).toList();
    }

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

    private Optional<KnownDelivery> find(String id) {
        return LOOP.get(() -> deliveries.find(List.of(id))).get(0);
    }

    private Optional<Instant> hurry(String id) {
        return LOOP.get(() -> deliveries.hurry(LANE, id));
    }

    private List<String> claim() {
        return LOOP.get(() -> parking.claim(LANE, 100)).deliveries().stream()
                .map(Claimed::id)
                .toList();
    }

    private static Query only(DeliveryState... states) {
        return new Query(LANE, Set.copyOf(Arrays.asList(states)), false, null, null);
    }

    @Test
    void tellsWhatIsKnownOfOneThatWaits() {
        String id = park(tried(1), HOUR);
        KnownDelivery known = find(id).orElseThrow();
        assertThat(known)
                .isEqualTo(new KnownDelivery(
                        id,
                        LANE,
                        "evt_00000001",
                        "entry.update",
                        DeliveryState.WAITING,
                        2,
                        known.at(),
                        null,
                        "{\"number\":1}\n{\"number\":2}\n"));
        assertThat(known.at()).isAfter(redisTime().plus(HOUR).minusSeconds(60));
        assertThat(ids(ALL)).containsExactly(id);
    }

    private static Instant redisTime() {
        String millis = REDIS.command("EVAL", "local t = redis.call('TIME') return t[1] * 1000 + t[2] / 1000", "0");
        return Instant.ofEpochMilli(Long.parseLong(millis.substring(1)));
    }

    @Test
    void tellsWhatIsKnownOfOneThatIsDead() {
        String id = bury(1);
        KnownDelivery known = find(id).orElseThrow();
        assertThat(known.state()).isEqualTo(DeliveryState.DEAD);
        assertThat(known.lastOutcome()).isEqualTo("exhausted");
        assertThat(known.attempts()).isEqualTo(2);
        assertThat(known.at())
                .isEqualTo(LOOP.get(() -> letters.find(id)).orElseThrow().diedAt());
        assertThat(list(ALL, null, 10).deliveries()).containsExactly(known);
    }

    @Test
    void knowsWhatEndedFromTheAttempts() {
        log(
                LANE,
                Attempts.delivered("wh_1", 1),
                Attempts.ended("wh_1", 2, Fate.COALESCED),
                Attempts.ended("wh_1", 3, Fate.CANCELLED),
                Attempts.failed("wh_1", 4, 500));
        assertThat(IntStream.rangeClosed(1, 5)
                        .mapToObj(event -> find(Attempts.delivery("wh_1", event))
                                .map(KnownDelivery::state)
                                .orElse(null)))
                .containsExactly(
                        DeliveryState.DELIVERED,
                        DeliveryState.COALESCED,
                        DeliveryState.CANCELLED,
                        DeliveryState.GONE,
                        null);
        assertThat(ids(only(DeliveryState.DELIVERED))).containsExactly(Attempts.delivery("wh_1", 1));
        assertThat(ids(only(DeliveryState.COALESCED, DeliveryState.CANCELLED)))
                .containsExactly(Attempts.delivery("wh_1", 3), Attempts.delivery("wh_1", 2));
    }

    @Test
    void whatWaitsAgainIsNotWhatTheAttemptsSay() {
        String id = park(1, HOUR);
        log(LANE, Attempts.delivered("wh_1", 1));
        assertThat(find(id).orElseThrow().state()).isEqualTo(DeliveryState.WAITING);
    }

    @Test
    void knowsNothingOfWhatIsNoDelivery() {
        assertThat(find("nonsense")).isEmpty();
        assertThat(find("dlv_1_1")).isEmpty();
        assertThat(LOOP.get(() -> deliveries.find(List.of()))).isEmpty();
    }

    @Test
    void findsManyInTheirOrder() {
        List<String> ids = IntStream.range(0, 50)
                .mapToObj(i -> i % 2 == 0 ? park(i, HOUR) : Attempts.delivery("wh_1", i))
                .toList();
        List<String> found = LOOP.get(() -> deliveries.find(ids)).stream()
                .map(known -> known.map(KnownDelivery::id).orElse(""))
                .toList();
        for (int i = 0; i < ids.size(); i++) {
            assertThat(found.get(i)).isEqualTo(i % 2 == 0 ? ids.get(i) : "");
        }
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

    @Test
    void makesAWaitingOneDueNow() {
        String id = park(1, HOUR);
        assertThat(claim()).isEmpty();
        assertThat(hurry(id).orElseThrow()).isBeforeOrEqualTo(redisTime());
        assertThat(LOOP.get(() -> parking.wake(shard(), 10)).asked()).containsExactly(LANE);
        assertThat(claim()).containsExactly(id);
    }

    @Test
    void makesOneThatIsDueSoonDueNow() {
        String id = park(1, LEASE.dividedBy(2));
        assertThat(hurry(id).orElseThrow()).isBeforeOrEqualTo(redisTime());
        assertThat(claim()).containsExactly(id);
    }

    private static int shard() {
        return new Homes(2, 1).shardOf(LANE.webhookId());
    }

    @Test
    void whatAPersonAskedForGoesThoughItsLaneRestsAndNothingElse() {
        park(1, Duration.ZERO);
        String asked = park(2, HOUR);
        write(Duration.ofMinutes(30), new Outcome.Park(fresh(3), 0, HOUR));
        assertThat(claim()).isEmpty();
        assertThat(hurry(asked).orElseThrow()).isBeforeOrEqualTo(redisTime());
        LOOP.get(() -> parking.rest(LANE, HOUR));
        assertThat(LOOP.get(() -> parking.wake(shard(), 10)).asked()).containsExactly(LANE);
        List<Claimed> claimed = LOOP.get(() -> parking.claimAsked(LANE)).deliveries();
        assertThat(claimed).extracting(Claimed::id).containsExactly(asked);
        assertThat(claimed).allMatch(Claimed::isAsked);
        assertThat(LOOP.get(() -> parking.claimAsked(LANE)).deliveries()).isEmpty();
        assertThat(claim()).isEmpty();
    }

    @Test
    void whatAPersonAskedForOfAPausedWebhookWaitsWithTheOthers() {
        String asked = park(1, HOUR);
        hurry(asked);
        LOOP.get(() -> parking.sleep(LANE));
        assertThat(LOOP.get(() -> parking.wake(shard(), 10)))
                .isEqualTo(new Woken(List.of(), List.of(), List.of(), false));
        LOOP.get(() -> parking.rouse(LANE));
        assertThat(LOOP.get(() -> parking.wake(shard(), 10)).asked()).containsExactly(LANE);
    }

    @Test
    void anotherTargetDoesNotRestByTheWishesOfTheFormer() {
        String id = park(1, Duration.ZERO);
        write(Duration.ofMinutes(30), new Outcome.Park(fresh(2), 0, HOUR));
        assertThat(claim()).isEmpty();
        LOOP.get(() -> parking.release(LANE));
        assertThat(LOOP.get(() -> parking.wake(shard(), 10)).lanes()).containsExactly(LANE);
        assertThat(claim()).containsExactly(id);
    }

    @Test
    void leavesWhatAPodHoldsToIt() {
        String id = park(1, Duration.ZERO);
        assertThat(claim()).containsExactly(id);
        assertThat(hurry(id).orElseThrow()).isAfter(redisTime().plus(LEASE).minusSeconds(30));
        assertThat(claim()).isEmpty();
    }

    @Test
    void hurriesNothingThatWaitsBehindAnotherOrNotAtAll() {
        park(fresh(keyed(1, "k"), LANE, "k"), HOUR);
        String behind = park(fresh(keyed(2, "k"), LANE, "k"), Duration.ZERO);
        assertThat(hurry(behind)).isEmpty();
        assertThat(hurry(bury(3))).isEmpty();
        assertThat(hurry("dlv_9_1")).isEmpty();
        assertThat(claim()).isEmpty();
    }

    private void send(Event event) {
        LOOP.get(() -> deliveries.send(event, Webhooks.webhook("wh_1")));
    }

    @Test
    void sendsAnEventAgainAsIfForTheFirstTime() {
        send(event(1));
        Claimed claimed = LOOP.get(() -> parking.claim(LANE, 10)).deliveries().get(0);
        assertThat(claimed.id()).isEqualTo("dlv_00000001_1");
        assertThat(claimed.event()).isEqualTo(event(1));
        assertThat(claimed.attempts()).isZero();
    }

    @Test
    void sendsAlsoWhereRedisForgotTheScript() {
        REDIS.command("SCRIPT", "FLUSH");
        send(event(1));
        assertThat(claim()).hasSize(1);
    }

    @Test
    void sendsNothingTwiceAtOnce() {
        park(tried(1), HOUR);
        bury(2);
        send(event(1));
        send(event(2));
        assertThat(claim()).isEmpty();
        assertThat(find("dlv_00000001_1").orElseThrow().attempts()).isEqualTo(2);
        assertThat(find("dlv_00000002_1").orElseThrow().state()).isEqualTo(DeliveryState.DEAD);
    }

    @Test
    void sendsToAnOrderedWebhookBehindOthersOfTheKey() {
        park(fresh(keyed(2, "k"), LANE, "k"), HOUR);
        LOOP.get(() -> deliveries.send(keyed(1, "k"), Webhooks.ordered(Webhooks.webhook("wh_1"))));
        assertThat(claim()).isEmpty();
        assertThat(find("dlv_00000001_1").orElseThrow().at()).isNull();
    }

    @Test
    void tellsHowEachOfManyWebhooksDoes() {
        park(1, HOUR);
        park(2, HOUR);
        bury(3);
        log(LANE, Attempts.delivered("wh_1", 4));
        RateLimit limit = new RateLimit(1, Duration.ofMillis(200), 1);
        FoundPace pace = new FoundPace(4.5, 1, Duration.ofSeconds(1), false);
        LOOP.get(() -> new RedisRateLimits(link, homes, Duration.ofMillis(100)).slow(LANE, 0, pace, limit));
        RedisWebhookStates states = new RedisWebhookStates(letters, log, new RedisPaces(link, homes));
        List<WebhookState> told = LOOP.get(() -> states.of(List.of("wh_2", "wh_1")));
        assertThat(told.get(0)).isEqualTo(new WebhookState(Optional.empty(), 0, 0, Optional.empty()));
        assertThat(told.get(1).pace().orElseThrow().perSecond()).isEqualTo(4.5);
        assertThat(told.get(1).pace().orElseThrow().since()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(told.get(1).parked()).isEqualTo(2);
        assertThat(told.get(1).deadLetters()).isEqualTo(1);
        assertThat(told.get(1).standing().orElseThrow().last()).isEqualTo(Attempts.delivered("wh_1", 4));
        assertThat(LOOP.get(() -> states.of(List.of()))).isEmpty();
    }
}
