package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.LoggedText;
import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is logged: a line for each change of state, with the ids that it is about; and never a payload or a secret. */
@Timeout(120)
class LoggedTest {
    private static final String ADMIN = "admin-key-hush-of-this-test";
    /** In every payload, and in every secret. */
    private static final String HUSH = "hush";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    private final LoggedText text = new LoggedText();
    private TestPod pod;
    private Rest admin;

    @BeforeEach
    void open() {
        pod = TestPod.start(
                REDIS.uri(),
                "SLUICE_ACCESS_ADMIN_KEY",
                ADMIN,
                "SLUICE_DELIVERY_RETRY_DELAYS",
                "100ms,100ms,100ms,1s,1s,1s,1s,1s,1s,1s",
                "SLUICE_DELIVERY_CIRCUIT_MINIMUM_CALLS",
                "2",
                "SLUICE_DELIVERY_CIRCUIT_OPEN_FOR",
                "200ms",
                "SLUICE_DELIVERY_CIRCUIT_OPEN_FOR_MAX",
                "200ms");
        admin = pod.api().as(ADMIN);
    }

    @AfterEach
    void close() {
        pod.close();
        text.close();
    }

    private String webhook(String path, JsonObject more) {
        JsonObject settings = new JsonObject()
                .put("url", receiver.url(path))
                .put(
                        "headers",
                        JsonArray.of(new JsonObject()
                                .put("name", "X-Token")
                                .put("value", "token-hush")
                                .put("secret", true)))
                .put(
                        "auth",
                        new JsonObject()
                                .put("type", "basic")
                                .put("username", "u")
                                .put("password", "pass-hush"))
                .mergeIn(more);
        Rest.Answer made = admin.post("/v1/webhooks", "application/json", settings.encode());
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().getString("id");
    }

    private void accept(String type) {
        JsonObject data = new JsonObject().put("name-hush", "value-hush");
        String event = new JsonObject().put("type", type).put("data", data).encode();
        assertThat(admin.post("/v1/events", "application/json", event).status()).isEqualTo(202);
    }

    private void awaitLine(String... parts) {
        await().untilAsserted(() ->
                assertThat(text.all()).anySatisfy(line -> assertThat(line).contains(parts)));
    }

    @Test
    void eachChangeOfTheStateOfAWebhookIsALineWithItsIdAndNothingOfWhatIsSent() {
        receiver.answersBy(request -> request.path().equals("/gone") ? 410 : 503);
        String fails = webhook("/fails", new JsonObject().put("eventTypes", JsonArray.of("order.*")));
        String gone = webhook("/gone", new JsonObject().put("eventTypes", JsonArray.of("gone.*")));
        IntStream.range(0, 5).forEach(i -> accept("order.paid"));
        accept("gone.now");

        awaitLine("WARN circuit opened", "webhook=" + fails, "tenant=default");
        awaitLine("WARN webhook disabled", "webhook=" + gone);
        receiver.answers(204);
        await().untilAsserted(() -> {
            accept("order.paid"); // it closes step by step, as more of them are delivered
            assertThat(text.all()).anyMatch(line -> line.contains("INFO circuit closed webhook=" + fails));
        });

        assertThatNothingWasSaidAloud();
    }

    @Test
    void nothingThatGoesWrongShowsAPayloadOrASecret() {
        receiver.answers(500);
        webhook("/a", new JsonObject().put("transform", "$error('hush' & data)"));
        webhook("/b", new JsonObject().put("url", "https://127.0.0.1:1/path-hush?token=hush"));
        JsonObject source = new JsonObject()
                .put("name", "site")
                .put("dialect", "strapi")
                .put("auth", new JsonObject().put("type", "token").put("token", "source-token-hush"));
        admin.post("/v1/sources", "application/json", source.encode());
        IntStream.range(0, 3).forEach(i -> accept("order.paid"));
        for (String body : List.of(
                "{\"type\":\"hush",
                "{\"hush\":1}",
                "[\"hush\"]",
                "\"hush\"",
                "{\"type\":\"a\",\"data\":\"hush\",\"time\":\"hush\"}")) {
            for (String format : List.of(
                    "application/json", "application/x-ndjson", "application/cloudevents-batch+json", "text/hush")) {
                admin.post("/v1/events", format, body);
                admin.post("/v1/webhooks", format, body);
                pod.api().as("key-hush").post("/v1/sources/site/events", format, body);
            }
        }
        pod.awaitQuiet();
        pod.restart();
        assertThatNothingWasSaidAloud();
    }

    private void assertThatNothingWasSaidAloud() {
        pod.close();
        assertThat(text.all()).as("the search works").anyMatch(line -> line.contains("drained"));
        assertThat(text.all()).noneMatch(line -> line.contains(HUSH));
    }
}
