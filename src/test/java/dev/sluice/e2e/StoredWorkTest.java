package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.KeyTable;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.StoredKeys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a pod of an earlier version was in the middle of is gone on with by this one. {@code at-work-3.jsonl} is all that
 * Redis held at one moment while a pod of version 3 worked, with {@code 127.0.0.1:1} for its receiver; it is never changed.
 * The story makes such a file of the present version, {@code target/stored/at-work.jsonl}, for the day on which a form changes.
 */
@Timeout(120)
@DisabledIfSystemProperty(named = "sluice.test.redis", matches = "cluster", disabledReason = "a snapshot is of one")
class StoredWorkTest {
    private static final Path WRITTEN = Path.of("target", "stored", "at-work.jsonl");
    private static final String NOWHERE = "127.0.0.1:1/";
    private static final String ENTRY = "{\"event\":\"entry.create\",\"createdAt\":\"2026-11-21T10:00:00.000Z\","
            + "\"model\":\"a\",\"entry\":{\"id\":1}}";

    /** Keys that are gone within minutes of the pod that made them, or that tell people and nobody else. */
    private static final Set<String> PASSING = Set.of(
            "declaring",
            "declared",
            "{life}:drains",
            "{life}:forced",
            "{tail}:lines",
            "{tail}:wanted",
            "{access}:used:LINK",
            "{access}:look:LINK",
            "{S}:waiting");

    /** Of these the snapshot is to have something. */
    private static final List<String> AT_WORK = List.of(
            "counts",
            "{P}:done:EVENT",
            "{P}:lease",
            "{keyed}:readers",
            "{journal}:sizes",
            "{life}:roll",
            "{life}:terms",
            "{system}:cards",
            "{S}:chain:W:KEY",
            "{S}:body:EVENT",
            "{S}:body:EVENT:of",
            "{S}:bursts:W",
            "{S}:bursts:W:SLOT",
            "{S}:rest:W",
            "{S}:rests",
            "{S}:rate:W",
            "{S}:minutes:HOUR:W",
            "{S}:hours:DAY:W",
            "{sources}:ruled:SOURCE",
            "{replay}:due");

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    /** The events that came, by the path of the webhook. */
    private final Map<String, Set<String>> came = new ConcurrentHashMap<>();

    /** Their numbers, by path and key. */
    private final Map<String, List<Integer>> inOrder = new ConcurrentHashMap<>();

    private String at() {
        return "127.0.0.1:%d/".formatted(URI.create(receiver.url()).getPort());
    }

    private static TestPod pod() {
        List<String> settings = new ArrayList<>(List.of("SLUICE_DELIVERY_RETRY_DELAYS", "2s,2s,2s,2s,2s,2s,2s,2s"));
        StoredKeys.SETTINGS.forEach((name, value) -> settings.addAll(List.of(name, value)));
        return TestPod.start(REDIS.uri(), settings.toArray(String[]::new));
    }

    @Test
    void anotherPodGoesOnWithWhatThisVersionStoresInTheMiddleOfItsWork() throws IOException {
        List<String> all = snapshotOfAPodAtWork().stream()
                .map(line -> line.replace(at(), NOWHERE))
                .toList();
        Files.createDirectories(WRITTEN.getParent());
        Files.write(WRITTEN, all);
        expectToGoOnWith(all);
    }

    @Test
    void goesOnWithWhatVersionThreeStoredInTheMiddleOfItsWork() {
        expectToGoOnWith(StoredKeys.file("at-work-3.jsonl"));
    }

    /** A new key belongs into the story, and into a file of the version that brings it. */
    @Test
    void eachKeyThatOutlastsItsPodIsInAFile() {
        Set<String> rows = new TreeSet<>(KeyTable.rows("").keySet());
        rows.removeAll(PASSING);
        List<String> lines = StoredKeys.files().stream()
                .flatMap(file -> StoredKeys.file(file).stream())
                .toList();
        assertThat(missing(rows, lines)).isEmpty();
    }

    private List<String> snapshotOfAPodAtWork() {
        CountDownLatch end = new CountDownLatch(1);
        receiver.answersBy(request -> answer(request.path(), end));
        receiver.asksToWait("/asked", 3);
        try (TestPod pod = pod()) {
            webhook(pod, "/well", new JsonObject());
            webhook(pod, "/held", new JsonObject().put("ordering", "key"));
            webhook(pod, "/busy", new JsonObject().put("ordering", "key"));
            webhook(pod, "/asked", new JsonObject());
            webhook(pod, "/rated", new JsonObject().put("rateLimit", limit()));
            webhook(pod, "/burst", new JsonObject().put("coalesce", new JsonObject().put("quietMs", 500)));
            JsonObject rules = new JsonObject().put("userPaths", new JsonArray().add("author"));
            pod.api().patch("/v1/sources/strapi", new JsonObject().put("rules", rules));
            pod.api().post("/v1/sources/strapi/events", "application/json", ENTRY);
            pod.accept("nobody.wants", "x".repeat(20_000)); // the journal remembers how large its events are
            List<String> all = snapshotUnderLoad(pod);
            end.countDown();
            return all;
        }
    }

    /** Of a moment in which all kinds of keys are there, some of which pass. */
    private static List<String> snapshotUnderLoad(TestPod pod) {
        List<String> all = new ArrayList<>();
        AtomicInteger number = new AtomicInteger();
        await().pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            pod.accept(event(number.getAndIncrement()));
            replay(pod);
            all.clear();
            all.addAll(StoredKeys.snapshot(REDIS));
            assertThat(missing(AT_WORK, all)).isEmpty();
        });
        return all;
    }

    private static JsonObject limit() {
        return new JsonObject().put("limit", 4).put("periodMs", 1000);
    }

    private static int answer(String path, CountDownLatch end) {
        if (path.equals("/held")) {
            try {
                end.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return path.equals("/well") || path.equals("/rated") ? 204 : 503;
    }

    private void webhook(TestPod pod, String path, JsonObject settings) {
        pod.webhook(settings.put("name", path.substring(1))
                .put("url", receiver.url(path))
                .put("eventTypes", new JsonArray().add("order.paid")));
    }

    /** Each second one has a key, each sixth is so large that its data lies by itself. */
    private static JsonObject event(int number) {
        JsonObject data = new JsonObject().put("number", number);
        if (number % 6 == 1) {
            data.put("large", "x".repeat(5000));
        }
        JsonObject event = new JsonObject()
                .put("type", "order.paid")
                .put("id", "o" + number)
                .put("source", "/shop");
        String key = "k" + number % 4;
        return number % 2 == 0
                ? event.put("data", data)
                : event.put("partitionkey", key).put("data", data.put("key", key));
    }

    private static void replay(TestPod pod) {
        String busy = pod.api().get("/v1/webhooks").json().getJsonArray("webhooks").stream()
                .map(JsonObject.class::cast)
                .filter(webhook -> webhook.getString("name").equals("busy"))
                .findFirst()
                .orElseThrow()
                .getString("id");
        String since = Instant.now().minusSeconds(60).toString();
        Rest.Answer started = pod.api().post("/v1/webhooks/" + busy + "/replay", new JsonObject().put("since", since));
        assertThat(started.status()).as(started.text()).isEqualTo(202);
    }

    /** Of rows of the table, those of which nothing is there. */
    private static Set<String> missing(Collection<String> rows, List<String> commands) {
        Set<String> keys = commands.stream()
                .map(command -> new JsonArray(command).getString(1))
                .collect(Collectors.toSet());
        Map<String, Pattern> table = KeyTable.rows("");
        return rows.stream()
                .filter(row -> keys.stream()
                        .noneMatch(key -> table.get(row).matcher(key).matches()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void expectToGoOnWith(List<String> stored) {
        REDIS.flushAll();
        StoredKeys.load(
                REDIS, stored.stream().map(line -> line.replace(NOWHERE, at())).toList());
        List<JsonObject> events = StoredKeys.events(stored, "order.paid");
        receiver.answersBy(this::take);
        try (TestPod pod = pod()) {
            await().untilAsserted(() -> {
                assertThat(List.of("/held", "/busy", "/asked"))
                        .allSatisfy(path ->
                                assertThat(came.getOrDefault(path, Set.of())).hasSameSizeAs(events));
                assertThat(came).containsKeys("/burst");
                assertThat(waiting(pod)).isZero();
                assertThat(pod.metrics().of("sluice_journal_pending_events")).isZero();
            });
            for (String key : List.of("k1", "k3")) {
                assertThat(inOrder.get("/held " + key)).containsExactlyElementsOf(numbers(events, key));
            }
            assertThat(pod.metrics().of("sluice_records_unreadable_total")).isZero();
            assertThat(pod.metrics().of("sluice_faults_total")).isZero();
        }
    }

    /** In the order in which they were accepted. */
    private static List<Integer> numbers(List<JsonObject> events, String key) {
        return events.stream()
                .filter(data -> key.equals(data.getString("key")))
                .map(data -> data.getInteger("number"))
                .sorted()
                .toList();
    }

    private int take(Receiver.Received request) {
        JsonObject data = new JsonObject(request.text()).getJsonObject("data");
        boolean isNew = came.computeIfAbsent(request.path(), path -> ConcurrentHashMap.newKeySet())
                .add(request.header("webhook-id"));
        if (isNew && data.containsKey("key")) {
            inOrder.computeIfAbsent(request.path() + " " + data.getString("key"), first -> new CopyOnWriteArrayList<>())
                    .add(data.getInteger("number"));
        }
        return 204;
    }

    private static int waiting(TestPod pod) {
        return pod.api().get("/v1/webhooks").json().getJsonArray("webhooks").stream()
                .map(JsonObject.class::cast)
                .mapToInt(webhook -> webhook.getJsonObject("state").getInteger("parked"))
                .sum();
    }
}
