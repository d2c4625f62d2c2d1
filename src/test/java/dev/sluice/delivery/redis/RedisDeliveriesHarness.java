package dev.sluice.delivery.redis;

import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.testing.NumberedEvents.event;

import dev.sluice.config.DeliveryConfig;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking.Claimed;
import dev.sluice.delivery.history.AttemptRecord;
import dev.sluice.delivery.history.Deliveries.Page;
import dev.sluice.delivery.history.Deliveries.Query;
import dev.sluice.delivery.history.DeliveryState;
import dev.sluice.delivery.history.KnownDelivery;
import dev.sluice.delivery.history.Report;
import dev.sluice.delivery.history.redis.RedisAttemptLog;
import dev.sluice.redis.RedisLink;
import dev.sluice.subscription.Homes;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deliveries of one webhook in Redis: parked, dead and ended ones. */
abstract class RedisDeliveriesHarness {
    static final LaneKey LANE = new LaneKey("wh_1", "default");
    static final Duration HOUR = Duration.ofHours(1);
    static final Duration LEASE = Duration.ofMinutes(1);
    static final Query ALL = new Query(LANE, EnumSet.allOf(DeliveryState.class), false, null, null);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    RedisLink link;
    Homes homes;
    RedisParking parking;
    RedisDeadLetters letters;
    RedisAttemptLog log;
    RedisDeliveries deliveries;

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

    void write(Duration rest, Outcome... outcomes) {
        LOOP.get(() -> parking.write(LANE, List.of(outcomes), rest));
    }

    String park(Delivery delivery, Duration delay) {
        write(Duration.ZERO, new Outcome.Park(delivery, 0, delay));
        return delivery.id();
    }

    String park(int event, Duration delay) {
        return park(fresh(event), delay);
    }

    static Delivery tried(int event) {
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

    String bury(int event) {
        Delivery dead = tried(event);
        write(Duration.ZERO, new Outcome.Bury(dead, 1, "exhausted"));
        return dead.id();
    }

    void log(LaneKey lane, AttemptRecord... attempts) {
        AttemptRecord last = attempts[attempts.length - 1];
        LOOP.get(() -> log.append(List.of(new Report(lane, List.of(attempts), true, false, last, null)))
                .get(0));
    }

    Page list(Query query, @Nullable String cursor, int limit) {
        return LOOP.get(() -> deliveries.list(query, cursor, limit));
    }

    List<String> ids(Query query) {
        return ids(list(query, null, 100));
    }

    static List<String> ids(Page page) {
        return page.deliveries().stream().map(KnownDelivery::id).toList();
    }

    Optional<KnownDelivery> find(String id) {
        return LOOP.get(() -> deliveries.find(List.of(id))).get(0);
    }

    Optional<Instant> hurry(String id) {
        return LOOP.get(() -> deliveries.hurry(LANE, id));
    }

    List<String> claim() {
        return LOOP.get(() -> parking.claim(LANE, 100)).deliveries().stream()
                .map(Claimed::id)
                .toList();
    }

    static Query only(DeliveryState... states) {
        return new Query(LANE, Set.copyOf(Arrays.asList(states)), false, null, null);
    }

    static Instant redisTime() {
        String millis =
                REDIS.command("EVAL", "local t = redis.call('TIME') return t[1] * 1000 + t[2] / 1000", "1", "any");
        return Instant.ofEpochMilli(Long.parseLong(millis.substring(1)));
    }
}
