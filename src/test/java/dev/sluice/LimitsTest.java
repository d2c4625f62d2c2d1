package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.ProblemException;
import dev.sluice.ingest.decode.EventJson;
import dev.sluice.subscription.Forms;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.index.WebhookIndex;
import dev.sluice.subscription.index.Weight;
import dev.sluice.testing.Webhooks;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of {@code src/docs/limits.md}: what they say is taken is taken, and one more is not. */
class LimitsTest {
    private static final Pattern ROW = Pattern.compile("^\\| ([^|]+) \\| (\\d+) \\| [^|]+ \\|$", Pattern.MULTILINE);
    private static final Pattern REQUEST = Pattern.compile("\\| (.+) \\| .+ \\| (\\w+) \\| `(\\w+)\\.(\\w+)` \\|");
    private static final Forms FORMS = new Forms("filter");
    private static final EventJson EVENTS = new EventJson(InstantSource.system());

    private static final Map<String, IntConsumer> EVENT = Map.ofEntries(
            Map.entry("attributes of an event, `data` aside", n -> event(members(n - 1, "1"))),
            Map.entry("all names and values of attributes together", LimitsTest::characters),
            Map.entry("the name of an attribute", n -> event(new JsonObject().put(text(n), "1"))),
            Map.entry("`type`, `source`, `id`, `tenant`", n -> event(new JsonObject().put("id", text(n)))),
            Map.entry("any other attribute", n -> event(new JsonObject().put("x", text(n)))),
            Map.entry("levels of JSON in a body", LimitsTest::levels),
            Map.entry(
                    "faults of a request that are named; with one more, reading ends",
                    n -> event(members(n == 1000 ? 1 : n, n == 1000 ? "1" : new JsonObject()))));

    private static final Map<String, IntConsumer> WEBHOOK = Map.ofEntries(
            Map.entry("`url`", n -> webhook("url", "https://a.example/" + text(n - "https://a.example/".length()))),
            Map.entry("`name`", n -> webhook("name", text(n))),
            Map.entry("`source`", n -> webhook("source", text(n))),
            Map.entry("`eventTypes`", n -> webhook("eventTypes", array(n, i -> "a" + i))),
            Map.entry("a pattern", n -> webhook("eventTypes", JsonArray.of(text(n)))),
            Map.entry("segments of a pattern", n -> webhook("eventTypes", JsonArray.of("a.".repeat(n - 1) + "a"))),
            Map.entry(
                    "segments behind the first `**` of a pattern, all patterns together",
                    n -> webhook("eventTypes", behindRest(n))),
            Map.entry("`headers`", n -> webhook("headers", array(n, i -> header("x-" + i, "v")))),
            Map.entry("the name of a header", n -> webhook("headers", JsonArray.of(header(text(n), "v")))),
            Map.entry("the value of a header", n -> webhook("headers", JsonArray.of(header("x", text(n))))),
            Map.entry("operators of a filter", n -> webhook("filter", array(n, i -> exact("a" + i)))),
            Map.entry("levels of a filter", n -> webhook("filter", nested(n))),
            Map.entry("a value in a filter", n -> webhook("filter", exact(text(n)))),
            Map.entry("a pointer in a filter", n -> webhook("filter", pointer(n))),
            Map.entry("all CESQL of a filter", n -> webhook("filter", sql(n))),
            Map.entry("`transform`", n -> webhook("transform", '"' + text(n - 2) + '"')),
            Map.entry("`maxInFlight`", n -> webhook("maxInFlight", n)),
            Map.entry("`timeoutMs`", n -> webhook("timeoutMs", n)),
            Map.entry(
                    "`retry.delaysMs`", n -> webhook("retry", new JsonObject().put("delaysMs", array(n, i -> 1000)))));

    private static final Map<String, IntConsumer> TENANT = Map.ofEntries(
            Map.entry("patterns", n -> tenant(n, 1)),
            Map.entry("characters, and 64 for each segment of a pattern", n -> tenant(1, n)));

    private static final Map<String, Map<String, IntConsumer>> TRIES = Map.of(
            "An event", EVENT,
            "A webhook", WEBHOOK,
            "All webhooks of a tenant", TENANT,
            "A source", SourceLimits.OF_ONE,
            "An installation", SourceLimits.OF_ALL);

    record Row(String table, String what, int most) {}

    @ParameterizedTest
    @MethodSource("rows")
    void takesTheBoundAndRefusesOneMoreWithAMessageThatTellsIt(Row row) {
        IntConsumer attempt = TRIES.getOrDefault(row.table, Map.of()).get(row.what);

        assertThat(attempt).as("a try for '%s'", row.what).isNotNull();
        assertThat(refusal(attempt, row.most)).isNull();
        assertThat(refusal(attempt, row.most + 1)).contains(Integer.toString(row.most));
    }

    static Stream<Row> rows() throws IOException {
        return tables().flatMap(table -> ROW.matcher(table.text)
                .results()
                .map(row -> new Row(table.title, row.group(1), Integer.parseInt(row.group(2)))));
    }

    @Test
    void triesNothingThatIsInNoTable() throws IOException {
        Stream<String> tried = TRIES.entrySet().stream()
                .flatMap(table -> table.getValue().keySet().stream().map(what -> table.getKey() + ": " + what));

        assertThat(rows().map(row -> row.table + ": " + row.what)).containsExactlyInAnyOrderElementsOf(tried.toList());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void namesTheTestThatTriesEachBoundOfARequest(String row) throws IOException {
        MatchResult cells = REQUEST.matcher(row).results().findFirst().orElseThrow();
        String answer = cells.group(2);
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            Path file = files.filter(one -> one.endsWith(cells.group(3) + ".java"))
                    .findFirst()
                    .orElseThrow();
            String[] test = Files.readString(file).split("void " + cells.group(4) + "\\(", -1);
            assertThat(test).hasSize(2);
            assertThat(test[1].split("@Test", 2)[0]).containsIgnoringCase(answer);
        }
    }

    static Stream<String> requests() throws IOException {
        return tables().filter(table -> table.title.equals("A request"))
                .flatMap(table -> table.text.lines())
                .filter(line -> line.startsWith("| "))
                .skip(1);
    }

    private static Stream<Table> tables() throws IOException {
        String limits = Files.readString(Path.of("src", "docs", "limits.md"));
        return Stream.of(limits.split("\n## "))
                .skip(1)
                .map(table -> new Table(table.lines().findFirst().orElseThrow(), table));
    }

    private record Table(String title, String text) {}

    private static @Nullable String refusal(IntConsumer attempt, int size) {
        try {
            attempt.accept(size);
            return null;
        } catch (ProblemException refused) {
            return refused.problem().toJson().encode();
        }
    }

    /** {@code type} and these. */
    private static void event(JsonObject members) {
        EVENTS.decode(new JsonObject().put("type", "a").mergeIn(members).toBuffer());
    }

    private static void levels(int count) {
        String data = "[".repeat(count - 1) + "]".repeat(count - 1);
        EVENTS.decode(Buffer.buffer("{\"type\":\"a\",\"data\":" + data + "}"));
    }

    private static void characters(int count) {
        int eight = 8 * (2 + 8000);
        JsonObject members = new JsonObject();
        IntStream.range(0, 8).forEach(i -> members.put("x" + i, text(8000)));
        int type = "type".length() + "a".length();
        event(members.put("x8", text(count - eight - type - 2)));
    }

    /** One of whose webhooks has so many patterns, and so many characters; the other is saved last. */
    private static void tenant(int patterns, int characters) {
        Webhook many = Webhooks.webhook(
                "wh_1", IntStream.range(0, patterns - 1).mapToObj(i -> "a" + i).toArray(String[]::new));
        Webhook last = Webhooks.webhook("wh_2", "a");
        long known = Weight.of(many).plus(Weight.of(last)).characters();
        String name = text((int) Math.max(0, characters - known));
        WebhookIndex index = WebhookIndex.EMPTY.with(Webhooks.renamed(many, many.name() + name));
        index.weight().requireRoomFor(index.added(last), "acme");
    }

    private static void webhook(String member, Object value) {
        FORMS.all()
                .create(
                        "acme",
                        new JsonObject().put("url", "https://a.example/").put(member, value));
    }

    static String text(int length) {
        return "a".repeat(length);
    }

    private static JsonObject members(int count, Object value) {
        JsonObject members = new JsonObject();
        IntStream.range(0, count).forEach(i -> members.put("x" + i, value));
        return members;
    }

    static JsonArray array(int count, IntFunction<Object> element) {
        return new JsonArray(IntStream.range(0, count).mapToObj(element).collect(Collectors.toList()));
    }

    private static JsonArray behindRest(int segments) {
        JsonArray patterns = array(segments / 4, i -> "**.a" + i + ".a.a.a");
        return segments % 4 == 0 ? patterns : patterns.add("**" + ".b".repeat(segments % 4));
    }

    static JsonObject header(String name, String value) {
        return new JsonObject().put("name", name).put("value", value);
    }

    private static JsonObject exact(String value) {
        return new JsonObject().put("exact", new JsonObject().put("subject", value));
    }

    private static JsonObject nested(int levels) {
        JsonObject filter = exact("a");
        for (int i = 1; i < levels; i++) {
            filter = new JsonObject().put("not", filter);
        }
        return filter;
    }

    private static JsonObject pointer(int length) {
        String pointer = "/data/" + text(length - "/data/".length());
        return new JsonObject().put("exact", new JsonObject().put(pointer, "a"));
    }

    private static JsonObject sql(int length) {
        String start = "subject = '";
        return new JsonObject().put("sql", start + text(length - start.length() - 1) + "'");
    }
}
