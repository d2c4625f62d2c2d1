package dev.sluice.delivery.redis;

import static dev.sluice.testing.NumberedEvents.event;

import dev.sluice.delivery.DeadLetter;
import dev.sluice.delivery.DeadLetters.Filter;
import dev.sluice.delivery.DeadLetters.Page;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import dev.sluice.event.Event;
import dev.sluice.redis.RedisLink;
import dev.sluice.subscription.Homes;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Dead letters in Redis. */
abstract class RedisDeadLettersHarness {
    static final LaneKey ONE = new LaneKey("wh_1", "default");
    static final LaneKey TWO = new LaneKey("wh_2", "default");
    static final Filter ALL = new Filter("default", null, null, null, List.of());
    static final Homes HOMES = new Homes(2, 1);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    RedisLink link;
    RedisParking parking;
    RedisDeadLetters letters;

    @BeforeEach
    void open() {
        link = LOOP.get(
                () -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "letters")));
        LOOP.until(() -> link.send(Request.cmd(Command.PING)), pong -> true);
        parking = parking(Duration.ofDays(30));
        LOOP.until(() -> parking.write(ONE, List.of(), Duration.ZERO).map(true), written -> written);
        letters = new RedisDeadLetters(link, HOMES, DeliveryConfigs.config(Duration.ofMinutes(1), Duration.ofDays(30)));
    }

    RedisParking parking(Duration retention) {
        return LOOP.get(() -> Future.succeededFuture(
                new RedisParking(link, HOMES, DeliveryConfigs.config(Duration.ofMinutes(1), retention))));
    }

    @AfterEach
    void close() {
        LOOP.get(() -> link.close());
    }

    static Delivery failed(LaneKey lane, Event event) {
        return new Delivery(
                Delivery.id(event.id(), lane.webhookId()),
                event,
                lane.webhookId(),
                null,
                2,
                "{\"number\":1}\n{\"number\":2}\n",
                new Delivery.Origin.Journaled(0, 0, 0));
    }

    /** In one script, so all die in the same millisecond. */
    List<String> bury(LaneKey lane, Event... events) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Event event : events) {
            outcomes.add(new Outcome.Bury(failed(lane, event), 1, "exhausted"));
        }
        LOOP.get(() -> parking.write(lane, outcomes, Duration.ZERO));
        return outcomes.stream().map(outcome -> outcome.delivery().id()).toList();
    }

    static Event[] events(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> event(i)).toArray(Event[]::new);
    }

    Page list(Filter filter, @Nullable String cursor, int limit) {
        return LOOP.get(() -> letters.list(filter, cursor, limit));
    }

    List<String> idsOf(Page page) {
        return page.letters().stream().map(DeadLetter::id).toList();
    }

    List<String> allPages(Filter filter, int limit) {
        List<String> ids = new ArrayList<>();
        Page page = list(filter, null, limit);
        ids.addAll(idsOf(page));
        while (page.cursor() != null) {
            page = list(filter, page.cursor(), limit);
            ids.addAll(idsOf(page));
        }
        return ids;
    }
}
