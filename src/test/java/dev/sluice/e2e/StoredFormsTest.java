package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.redis.Keys;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.StoredKeys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What an earlier version stored is read; and what a later one stored hurts nobody. {@code version-1.jsonl} is all that
 * Redis held after a pod of version 1 had worked, a command a line: it is never changed, and each version that stores
 * something in another form adds a file of that beside it.
 */
class StoredFormsTest {
    private static final String ADMIN = "an-admin-key-that-is-long-enough-for-this";
    private static final String WAITS = "wh_hvv9ephrdksp1wd57c5fn0";
    private static final String PAUSED = "wh_w9bvze2dkgwamz0nvd8sx1";
    private static final String GONE = "wh_adj72fzmqxs8cpeck9hz9t";
    private static final String KEY = "slk_VA2AfcyAM5OsNYawGkqc6At6wmxWc0ym0ZrdzO9YiCI";
    private static final String WEBHOOKS = "sluice:{t:default}:webhooks";
    private static final String ENTRY = "{\"event\":\"entry.create\",\"createdAt\":\"2026-01-15T09:30:00.000Z\","
            + "\"model\":\"address\",\"entry\":{\"id\":8,\"city\":\"Bern\"}}";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private final Receiver receiver = new Receiver();
    private JsonObject forms;
    private TestPod pod;
    private Rest api;

    @BeforeEach
    void load() throws IOException {
        for (JsonArray words : version(1)) {
            command(words);
            if (words.getString(1).equals(WEBHOOKS)) {
                forms = new JsonObject();
                for (int i = 2; i < words.size(); i += 2) {
                    forms.put(words.getString(i), words.getString(i + 1));
                }
            }
        }
    }

    private static List<JsonArray> version(int number) throws IOException {
        Path file = Path.of("src/test/resources/stored/version-%d.jsonl".formatted(number));
        return Files.readAllLines(file).stream().map(JsonArray::new).toList();
    }

    @AfterEach
    void stop() {
        if (pod != null) {
            pod.close();
        }
        receiver.close();
    }

    private void start() {
        List<String> settings = new ArrayList<>(List.of("SLUICE_ACCESS_ADMIN_KEY", ADMIN));
        StoredKeys.SETTINGS.forEach((name, value) -> settings.addAll(List.of(name, value)));
        pod = TestPod.start(REDIS.uri(), settings.toArray(String[]::new));
        api = pod.api().as(ADMIN);
    }

    private static void command(JsonArray words) {
        StoredKeys.load(REDIS, words.encode());
    }

    private List<String> ids(String path, String list, String id) {
        Rest.Answer answer = api.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().getJsonArray(list).stream()
                .map(one -> String.valueOf(((JsonObject) one).getValue(id)))
                .sorted()
                .toList();
    }

    private void theOldIsThere() {
        assertThat(ids("/v1/webhooks", "webhooks", "name")).contains("gone", "paused", "waits");
        JsonObject waits = api.get("/v1/webhooks/" + WAITS).json();
        assertThat(waits.getJsonObject("auth").getString("username")).isEqualTo("u");
        assertThat(waits.getJsonObject("filter").getJsonArray("any")).hasSize(2);
        assertThat(waits.getJsonObject("state").getInteger("parked")).isEqualTo(2);
        assertThat(api.get("/v1/webhooks/" + WAITS + "/secret").status()).isEqualTo(200);
        assertThat(ids("/v1/sources", "sources", "name")).contains("blog");
        assertThat(pod.api()
                        .as(KEY)
                        .post("/v1/sources/blog/events", "application/json", ENTRY)
                        .status())
                .isEqualTo(202);
        assertThat(pod.api()
                        .post("/v1/sources/blog/events", "application/json", ENTRY, "X-Sluice-Token", "a-long-secret")
                        .status())
                .isEqualTo(202);
        assertThat(ids("/v1/keys", "keys", "name")).contains("cms");
        assertThat(ids("/v1/deliveries?webhook=" + PAUSED, "deliveries", "state"))
                .contains("waiting");
        assertThat(ids("/v1/dead-letters?webhook=" + GONE, "deadLetters", "webhook"))
                .contains(GONE);
        assertThat(ids("/v1/webhooks/" + PAUSED + "/replays", "replays", "state"))
                .contains("done");
        assertThat(ids("/v1/webhooks/" + WAITS + "/attempts", "attempts", "delivery"))
                .contains("dlv_01m8ft00ar000000g3krgby_hvv9ephrdksp1wd57c5fn0");
        assertThat(api.get("/v1/events/evt_01m8ft00ar000000g3krgby").status()).isEqualTo(200);
    }

    @Test
    void readsAllThatVersionOneStoredAndDeliversWhatWaited() {
        start();
        theOldIsThere();
        assertThat(pod.metrics().of("sluice_records_unreadable_total")).isZero();
        JsonObject there = new JsonObject().put("url", receiver.url()).putNull("auth");
        assertThat(api.patch("/v1/webhooks/" + PAUSED, there).status()).isEqualTo(200);
        api.post("/v1/webhooks/" + PAUSED + "/resume", new JsonObject());
        assertThat(receiver.take().text()).contains("\"n\":1");
    }

    /** The types of extensions: an entry of the journal, and a parked delivery in the place of one of version 1. */
    @Test
    void readsWhatVersionTwoStoredBesides() throws IOException {
        version(2).forEach(StoredFormsTest::command);
        start();
        theOldIsThere();
        JsonObject entry =
                api.get("/v1/events/evt_01m8ft00bg00000003krgby").json().getJsonObject("attributes");
        assertThat(entry.getValue("urgent")).isEqualTo(true);
        assertThat(entry.getValue("n")).isEqualTo(5);
        assertThat(entry.getValue("text")).isEqualTo("5");
        JsonObject there =
                new JsonObject().put("url", receiver.url()).putNull("auth").put("body", "cloudevents");
        assertThat(api.patch("/v1/webhooks/" + PAUSED, there).status()).isEqualTo(200);
        api.post("/v1/webhooks/" + PAUSED + "/resume", new JsonObject());
        assertThat(receiver.take().text()).contains("\"urgent\":true,\"n\":5,\"text\":\"5\"");
    }

    /**
     * A delivery that was refused eleven times and failed once, in the place of one of version 1; the pace that was found
     * then, and a refused attempt. Twelve failures would have ended its schedule.
     */
    @Test
    void readsWhatVersionThreeStoredBesides() throws IOException {
        version(3).forEach(StoredFormsTest::command);
        start();
        theOldIsThere();
        String attempts = "/v1/webhooks/" + PAUSED + "/attempts";
        assertThat(ids(attempts, "attempts", "fate")).containsExactly("refused");
        assertThat(api.get("/v1/webhooks/" + PAUSED)
                        .json()
                        .getJsonObject("state")
                        .getJsonObject("pace")
                        .getString("since"))
                .isEqualTo("2026-11-28T00:48:52.041Z");
        receiver.answers(500);
        JsonObject there = new JsonObject().put("url", receiver.url()).putNull("auth");
        assertThat(api.patch("/v1/webhooks/" + PAUSED, there).status()).isEqualTo(200);
        api.post("/v1/webhooks/" + PAUSED + "/resume", new JsonObject());
        assertThat(receiver.take().header("sluice-attempt")).isEqualTo("13");
        await().until(() -> ids(attempts, "attempts", "fate").equals(List.of("refused", "retrying")));
        assertThat(pod.metrics().of("sluice_records_unreadable_total")).isZero();
    }

    /** Where the time of an attempt went: in the attempts that a delivery remembers, and in the log. */
    @Test
    void readsWhatVersionFourStoredBesides() throws IOException {
        version(4).forEach(StoredFormsTest::command);
        start();
        theOldIsThere();
        JsonArray history = api.get("/v1/deliveries/dlv_01m8ft00ar000000g3krgby_w9bvze2dkgwamz0nvd8sx1")
                .json()
                .getJsonArray("history");
        assertThat(history)
                .extracting(attempt -> ((JsonObject) attempt).getJsonObject("timing"))
                .containsExactly(
                        new JsonObject()
                                .put("dnsMs", 2)
                                .put("connectMs", 1)
                                .put("tlsMs", 12)
                                .put("failedIn", "tls"),
                        new JsonObject().put("firstByteMs", 2).put("bodyMs", 1).put("keptConnection", true));
        assertThat(history.encode()).doesNotContain("\"in\"");
        assertThat(pod.metrics().of("sluice_records_unreadable_total")).isZero();
    }

    /** A parked delivery in the place of one of version 1, whose data lies by itself; it goes with the delivery. */
    @Test
    void readsWhatVersionFiveStoredBesides() throws IOException {
        version(5).forEach(StoredFormsTest::command);
        start();
        theOldIsThere();
        JsonObject there = new JsonObject().put("url", receiver.url()).putNull("auth");
        assertThat(api.patch("/v1/webhooks/" + PAUSED, there).status()).isEqualTo(200);
        api.post("/v1/webhooks/" + PAUSED + "/resume", new JsonObject());
        assertThat(receiver.take().text()).contains("\"n\":5,\"apart\":true");
        await().until(() -> REDIS.command("EXISTS", Keys.body("q0") + "evt_01m8ft00ar000000g3krgby"), ":0"::equals);
        assertThat(pod.metrics().of("sluice_records_unreadable_total")).isZero();
    }

    /** A parked delivery in the place of one of version 1, whose event is packed. */
    @Test
    void readsWhatVersionSixStoredBesides() throws IOException {
        version(6).forEach(StoredFormsTest::command);
        start();
        theOldIsThere();
        JsonObject there =
                new JsonObject().put("url", receiver.url()).putNull("auth").put("body", "cloudevents");
        assertThat(api.patch("/v1/webhooks/" + PAUSED, there).status()).isEqualTo(200);
        api.post("/v1/webhooks/" + PAUSED + "/resume", new JsonObject());
        assertThat(receiver.take().text()).contains("\"order\":\"8812\"", "\"source\":\"/shop\"");
        assertThat(pod.metrics().of("sluice_records_unreadable_total")).isZero();
    }

    @Test
    void aPaceFromTheFutureIsInForceNowhereAndHoldsNothingUp() {
        String[] pace = {"HSET", Keys.pace("q0", PAUSED), "mark", "9", "since", "9", "taken", "0", "pace", "warp 9"};
        REDIS.command(pace);
        start();
        receiver.answersBy(request -> request.header("sluice-attempt").equals("1") ? 429 : 204);
        JsonObject there = new JsonObject().put("url", receiver.url()).putNull("auth");
        assertThat(api.patch("/v1/webhooks/" + PAUSED, there).status()).isEqualTo(200);
        REDIS.command(pace); // it was of the former target
        api.post("/v1/webhooks/" + PAUSED + "/resume", new JsonObject());
        assertThat(receiver.take().header("sluice-attempt")).isEqualTo("1");
        assertThat(receiver.take().header("sluice-attempt")).isEqualTo("2");
        assertThat(api.get("/v1/webhooks/" + PAUSED)
                        .json()
                        .getJsonObject("state")
                        .getValue("pace"))
                .isNull();
        assertThat(pod.metrics().of("sluice_records_unreadable_total")).isGreaterThanOrEqualTo(1);
        assertThat(pod.metrics().of("sluice_faults_total")).isZero();
    }

    @Test
    void aRecordFromTheFutureLeavesAllOthersAsTheyAre() {
        store("wh_future00000000000000000", "auth", new JsonObject().put("type", "kerberos"));
        store(PAUSED, "tags", new JsonArray().add("kept"));
        REDIS.command("HSET", "sluice:{sources}:sources", "next", "{\"name\":\"next\",\"dialect\":\"contentful\"}");
        REDIS.command("HSET", "sluice:{access}:keys", "key_x", "{\"id\":\"key_x\",\"role\":\"auditor\"}");
        REDIS.command("HSET", "sluice:{sources}:seen:blog", "t:x", "many", "z:new", "1 2 3");
        REDIS.command("HSET", Keys.delivery("q0") + "dlv_x_w9bvze2dkgwamz0nvd8sx1", "$v", "2");
        REDIS.command("ZADD", Keys.due("q0", PAUSED), "1", "dlv_x_w9bvze2dkgwamz0nvd8sx1");
        REDIS.command(
                "HSET", Keys.delivery("q3") + "dlv_y_adj72fzmqxs8cpeck9hz9t", "$event", "evt_1", "$attributes", "?");
        REDIS.command("ZADD", Keys.dead("q3", GONE), "1795826910999", "dlv_y_adj72fzmqxs8cpeck9hz9t");
        REDIS.command("RPUSH", Keys.attempts("q2", WAITS), "{\"delivery\":\"dlv_z\",\"fate\":\"teleported\"}");
        REDIS.command("HINCRBY", Keys.state("q2", WAITS), "lines", "1");
        REDIS.command("HSET", Keys.state("q3", GONE), "circuit", "sideways", "last", "?");
        REDIS.command("RPUSH", "sluice:{replay}:of:" + PAUSED, "rpl_x");
        REDIS.command("HSET", "sluice:{replay}:replay:rpl_x", "webhook", PAUSED, "state", "dreaming");
        REDIS.command("XADD", Keys.events("f0"), "*", "$v2", "packed");
        start();

        theOldIsThere();

        assertThat(api.get("/v1/webhooks/wh_future00000000000000000").json().getString("unreadable"))
                .contains("kerberos");
        assertThat(api.patch("/v1/webhooks/wh_future00000000000000000", new JsonObject().put("name", "x"))
                        .status())
                .isEqualTo(409);
        assertThat(api.get("/v1/sources").json().getJsonArray("unreadable").encode())
                .contains("next");
        assertThat(api.post("/v1/sources/next/events", "application/json", ENTRY)
                        .status())
                .isEqualTo(503);
        assertThat(api.patch("/v1/webhooks/" + PAUSED, new JsonObject().put("name", "renamed"))
                        .status())
                .isEqualTo(200);
        assertThat(REDIS.command(
                        "EVAL",
                        "return redis.status_reply(redis.call('HGET', KEYS[1], ARGV[1]))",
                        "1",
                        WEBHOOKS,
                        PAUSED))
                .contains("\"tags\":[\"kept\"]", "renamed");
        assertThat(pod.metrics().of("sluice_records_unreadable_total")).isGreaterThanOrEqualTo(7);
        assertThat(pod.management().get("/health/ready").status()).isEqualTo(200);
        aNewerStreamEntryIsDeliveredWithoutWhatThisVersionDoesNotKnow();
        assertThat(api.delete("/v1/webhooks/wh_future00000000000000000").status())
                .isEqualTo(204);
        assertThat(api.delete("/v1/sources/next").status()).isEqualTo(204);
        assertThat(api.delete("/v1/keys/key_x").status()).isEqualTo(204);
    }

    private void aNewerStreamEntryIsDeliveredWithoutWhatThisVersionDoesNotKnow() {
        JsonObject webhook = new JsonObject()
                .put("url", receiver.url())
                .put("eventTypes", new JsonArray().add("thing.new"))
                .put("body", "cloudevents");
        assertThat(api.post("/v1/webhooks", webhook).status()).isEqualTo(201);
        REDIS.command(
                "XADD", Keys.events("f1"), "*", "type", "thing.new", "source", "shop", "$sealed", "x", "$data", "{}");
        assertThat(receiver.take().text()).contains("thing.new").doesNotContain("sealed");
        await().until(() -> api.get("/v1/webhooks/wh_future00000000000000000")
                        .json()
                        .getJsonObject("state")
                        .getInteger("parked")
                > 0);
    }

    /** The form of a webhook of version one, with a member more or another. */
    private void store(String id, String member, Object value) {
        JsonObject form = new JsonObject(forms.getString(id, forms.getString(WAITS)));
        if (!forms.containsKey(id)) {
            form.remove("headers"); // whose secrets are bound to the webhook
        }
        REDIS.command(
                "HSET", WEBHOOKS, id, form.put("id", id).put(member, value).encode());
    }
}
