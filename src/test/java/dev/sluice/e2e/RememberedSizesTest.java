package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is remembered of an event that was delivered takes as much of Redis as the documents say. */
@DisabledIfSystemProperty(named = "sluice.test.redis", matches = "cluster", disabledReason = "one server is asked")
class RememberedSizesTest {
    private static final int EVENTS = 400;
    private static final Path TABLE = Path.of("src", "docs", "performance.md");

    /** The memory of all keys of a kind, and how many things are in them. */
    private static final String SIZES = """
            local bytes, things = 0, 0
            local count = {stream = 'XLEN', list = 'LLEN'}
            for _, key in ipairs(redis.call('KEYS', ARGV[1])) do
              bytes = bytes + redis.call('MEMORY', 'USAGE', key, 'SAMPLES', 0)
              local how = count[redis.call('TYPE', key).ok]
              things = things + (how and redis.call(how, key) or 1)
            end
            return {ok = ('%.0f %d'):format(bytes, things)}
            """;

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    private final Random random = new Random(7);

    private JsonObject order(int number) {
        JsonArray lines = new JsonArray();
        JsonObject data = new JsonObject().put("order", String.valueOf(number)).put("lines", lines);
        while (data.encode().length() < 980) {
            lines.add(new JsonObject()
                    .put("sku", "SKU-" + random.nextInt(10_000))
                    .put("quantity", random.nextInt(10))
                    .put("price", random.nextInt(10_000) / 100.0)
                    .put("currency", "EUR"));
        }
        return new JsonObject().put("type", "order.paid").put("source", "/shop").put("data", data);
    }

    /** Bytes of each. */
    private static long each(String keys, int least) {
        String answer = REDIS.command("EVAL", SIZES, "0", keys);
        String[] numbers = answer.substring(1).split(" ", -1);
        assertThat(Integer.parseInt(numbers[1])).as(keys).isGreaterThanOrEqualTo(least);
        return Long.parseLong(numbers[0]) / Long.parseLong(numbers[1]);
    }

    private static void expect(String row, long each) throws IOException {
        Matcher found = Pattern.compile("\\| " + Pattern.quote(row) + " \\| ([\\d ]+) \\|")
                .matcher(Files.readString(TABLE));
        assertThat(found.find()).as("a row: %s", row).isTrue();
        assertThat(each)
                .as(row)
                .isCloseTo(Long.parseLong(found.group(1).replace(" ", "")), Percentage.withPercentage(10));
    }

    @Test
    void anEventAnAttemptAndAName() throws IOException {
        try (TestPod pod = TestPod.start(REDIS.uri())) {
            pod.webhook(new JsonObject()
                    .put("name", "well")
                    .put("url", receiver.url())
                    .put("eventTypes", new JsonArray().add("order.paid")));
            for (int i = 0; i < EVENTS; i++) {
                String event = order(i).encode();
                assertThat(pod.api()
                                .post("/v1/events", "application/json", event, "Idempotency-Key", "order-" + i)
                                .status())
                        .isEqualTo(202);
            }
            await().untilAsserted(() -> assertThat(each("*:attempts:*", EVENTS)).isPositive());
            expect("an event in the journal, ordinary JSON, 1 KiB", each("*:events", EVENTS));
            expect("an attempt in the log", each("*:attempts:*", EVENTS));
            expect("an event's name, for the time of `idempotencyWindow`", each("*:dedup:*", EVENTS));
        }
    }
}
