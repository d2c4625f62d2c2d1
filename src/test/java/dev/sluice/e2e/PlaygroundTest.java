package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class PlaygroundTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    @Test
    void receivesWhatThePodItselfDelivers() {
        JsonObject webhook = pod.webhook(pod.url() + "/playground/demo");
        assertThat(webhook.containsKey("warnings")).isFalse();
        String event = pod.accept("order.paid", new JsonObject().put("id", 7));

        await().until(() -> !requests().isEmpty());
        JsonObject request = requests().getJsonObject(0);
        assertThat(request.getString("body")).contains("\"id\":7");
        assertThat(request.getJsonArray("headers"))
                .contains(new JsonObject().put("name", "webhook-id").put("value", event));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/playground/../v1/events",
                "/playground/%2e%2e/v1/events",
                "/playground/demo?x=1",
                "/playground/demo/",
                "/playground/",
                "/v1/events"
            })
    void isTheOnlyPlaceOfThePodThatIsDeliveredTo(String path) {
        JsonObject webhook = pod.webhook(pod.url() + path);
        assertThat(webhook.getJsonArray("warnings").getJsonObject(0).getString("detail"))
                .contains("where this gateway listens itself");
        JsonObject report = pod.api()
                .post("/v1/webhooks/" + webhook.getString("id") + "/test", "application/json", "{}")
                .json();
        assertThat(report.getJsonObject("failure").getString("kind")).isEqualTo("forbidden");
    }

    @Test
    void aRequestThatIsNeverAnsweredDoesNotHoldUpTheDrain() throws Exception {
        TestPod other = TestPod.start(REDIS.uri(), "SLUICE_RUNTIME_DRAIN_TIMEOUT", "10m");
        other.api()
                .send(
                        "PUT",
                        "/v1/playground/mute",
                        "application/json",
                        "{\"silent\":true}".getBytes(StandardCharsets.UTF_8));
        CompletableFuture<Rest.Answer> answer =
                CompletableFuture.supplyAsync(() -> other.api().post("/playground/mute", "application/json", "{}"));
        await().until(
                        () -> other.api().get("/v1/playground/mute").json().getJsonArray("requests"),
                        all -> !all.isEmpty());
        other.close();
        assertThat(answer.get().status()).isEqualTo(503);
    }

    private JsonArray requests() {
        return pod.api().get("/v1/playground/demo").json().getJsonArray("requests");
    }
}
