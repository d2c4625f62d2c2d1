package dev.sluice.delivery.redis;

import static dev.sluice.delivery.ParkingSite.fresh;
import static dev.sluice.delivery.ParkingSite.park;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking.Backlog;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the deliveries that wait take in Redis is what the documents say and what {@code maxBytes} counts. */
@DisabledIfSystemProperty(named = "sluice.test.redis", matches = "cluster", disabledReason = "one server is asked")
class StoredSizesTest extends RedisPlace {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private static final int COUNT = 4000;
    private static final int PAGE = 200;
    private static final Percentage TENTH = Percentage.withPercentage(10);
    private static final Path TABLE = Path.of("src", "docs", "performance.md");

    private static final LaneKey WEBHOOK = lane("a");

    private final Random random = new Random(7);

    @Override
    RedisServer redis() {
        return REDIS;
    }

    @Override
    Loop loop() {
        return LOOP;
    }

    /** Its id is as long as ids are. */
    private static LaneKey lane(String last) {
        return new LaneKey("wh_w9bvze2dkgwamz0nvd8sx" + last, "default");
    }

    private static Delivery of(Event event) {
        return fresh(event, WEBHOOK, null);
    }

    private static Event event(int number, Buffer data) {
        Attributes attributes = Attributes.of(
                "type",
                "order.paid",
                "id",
                "o" + number,
                "source",
                "/shop",
                "time",
                "2026-11-28T10:00:00.000Z",
                "datacontenttype",
                "application/json");
        return new Event(new EventId("evt_%023d".formatted(number)), attributes, data, null);
    }

    /** An order with its lines, 1 KiB. */
    private Event order(int number) {
        StringBuilder order =
                new StringBuilder("{\"order\":\"%d\",\"customer\":{\"id\":\"c-%d\",\"country\":\"DE\"},\"lines\":["
                        .formatted(number, random.nextInt(10_000)));
        while (order.length() < 940) {
            order.append("{\"sku\":\"SKU-%d\",\"quantity\":%d,\"price\":%d.99,\"currency\":\"EUR\"},"
                    .formatted(random.nextInt(10_000), random.nextInt(10), random.nextInt(100)));
        }
        return event(number, Buffer.buffer(order.append("{\"sku\":\"last\"}]}").toString()));
    }

    private Event noise(int number, int bytes) {
        byte[] data = new byte[bytes];
        random.nextBytes(data);
        return event(number, Buffer.buffer(data));
    }

    private long used() {
        String memory =
                get(() -> link.send(Request.cmd(Command.INFO).arg("memory"))).toString();
        return memory.lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    /** Bytes that each takes. */
    private long each(int count, IntFunction<Outcome> outcome) {
        long before = used();
        for (int from = 0; from < count; from += PAGE) {
            List<Outcome> page = IntStream.range(from, Math.min(count, from + PAGE))
                    .mapToObj(outcome)
                    .toList();
            get(() -> parking.write(WEBHOOK, page, Duration.ZERO));
        }
        return (used() - before) / count;
    }

    private static long documented(String row) throws IOException {
        Matcher found = Pattern.compile("\\| " + Pattern.quote(row) + " \\| ([\\d ]+) \\|")
                .matcher(Files.readString(TABLE));
        assertThat(found.find()).as("a row: %s", row).isTrue();
        return Long.parseLong(found.group(1).replace(" ", ""));
    }

    private long counted() {
        Backlog backlog = get(() -> parking.backlog(WEBHOOK));
        return backlog.bytes() / backlog.parked();
    }

    @Test
    void ofOrdinaryJson() throws IOException {
        long each = each(COUNT, i -> park(of(order(i))));
        assertThat(each).isCloseTo(documented("a parked delivery of ordinary JSON, 1 KiB"), TENTH);
        assertThat(counted()).isCloseTo(each, TENTH);
    }

    @Test
    void ofWhatCannotBeMadeSmaller() throws IOException {
        long each = each(COUNT, i -> park(of(noise(i, 1024))));
        assertThat(each).isCloseTo(documented("the same of random bytes, 1 KiB"), TENTH);
        assertThat(counted()).isCloseTo(each, TENTH);
    }

    @Test
    void ofLargeEvents() {
        long each = each(400, i -> park(of(noise(i, 20_000))));
        assertThat(counted()).isCloseTo(each, TENTH);
    }

    @Test
    void ofALargeEventForMoreWebhooks() throws IOException {
        int events = 200;
        each(events, i -> park(of(noise(i, 20_000))));
        long before = used();
        int lanes = 10;
        for (int lane = 0; lane < lanes; lane++) {
            LaneKey other = lane(String.valueOf(lane));
            List<Outcome> all = IntStream.range(0, events)
                    .mapToObj(i -> park(fresh(noise(i, 20_000), other, null)))
                    .toList();
            get(() -> parking.write(other, all, Duration.ZERO));
        }
        long each = (used() - before) / lanes / events;
        assertThat(each).isCloseTo(documented("the same for one more webhook of its shard"), TENTH);
    }

    @Test
    void ofDeadLetters() throws IOException {
        long each = each(COUNT, i -> new Outcome.Bury(of(order(i)), 0, "exhausted: 12 attempts failed"));
        assertThat(each).isCloseTo(documented("a dead letter of ordinary JSON, 1 KiB"), TENTH);
    }
}
