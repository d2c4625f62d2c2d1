package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deliveries that are given up, and what a person can do with them. */
class DeadLettersTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    @Test
    void anEndpointThatIsGoneDisablesItsWebhook() {
        receiver.answers(410);
        String webhook = pod.webhook(receiver.url()).getString("id");
        String event = pod.accept("a", 1);

        JsonObject letter = awaitLetters(1).get(0);
        assertThat(letter.getString("webhook")).isEqualTo(webhook);
        assertThat(letter.getString("event")).isEqualTo(event);
        assertThat(letter.getString("type")).isEqualTo("a");
        assertThat(letter.getInteger("attempts")).isEqualTo(1);
        assertThat(letter.getString("lastOutcome")).contains("410");
        Awaitility.await().until(() -> !webhook(webhook).getBoolean("enabled"));
        assertThat(webhook(webhook).getString("disabledReason")).contains("410");
        assertThat(webhook(webhook).getJsonObject("state").getInteger("deadLetters"))
                .isEqualTo(1);
        assertThat(receiver.all()).hasSize(1);
    }

    @Test
    void aLetterTellsEachOfItsAttempts() {
        receiver.answers(500);
        failingWebhook();
        pod.accept("a", 1);

        String id = awaitLetters(1).get(0).getString("id");
        JsonArray history = pod.api().get("/v1/dead-letters/" + id).json().getJsonArray("history");
        assertThat(history).hasSize(2);
        assertThat(history.getJsonObject(1).getInteger("number")).isEqualTo(2);
        assertThat(history.getJsonObject(1).getInteger("status")).isEqualTo(500);
        assertThat(receiver.all())
                .extracting(one -> one.header("sluice-attempt"))
                .containsExactly("1", "2");
        assertThat(receiver.all())
                .extracting(one -> one.header("webhook-id"))
                .containsOnly(receiver.all().get(0).header("webhook-id"));
    }

    @Test
    void aRetriedLetterIsDeliveredAndGone() {
        receiver.answers(500);
        failingWebhook();
        pod.accept("a", 1);
        String id = awaitLetters(1).get(0).getString("id");
        receiver.take();
        receiver.take();
        receiver.answers(204);

        assertThat(pod.api()
                        .post("/v1/dead-letters/" + id + "/retry", "application/json", "")
                        .status())
                .isEqualTo(202);

        assertThat(receiver.take().text()).contains("\"a\"");
        awaitLetters(0);
        assertThat(pod.api().get("/v1/dead-letters/" + id).status()).isEqualTo(404);
        RedisKeys.await(REDIS, "sluice:{*}:delivery:*", 0);
    }

    @Test
    void lettersAreRetriedAndPurgedByFilter() {
        receiver.answers(500);
        String webhook = failingWebhook();
        pod.accept("a.x", 1);
        pod.accept("b.x", 1);
        pod.accept("b.y", 1);
        awaitLetters(3);
        receiver.answers(204);

        assertThat(act("purge", new JsonObject().put("webhook", webhook).put("eventTypes", JsonArray.of("a.*"))))
                .isEqualTo(1);
        awaitLetters(2);
        assertThat(act("retry", new JsonObject().put("webhook", webhook))).isEqualTo(2);
        awaitLetters(0);

        pod.awaitQuiet();
        RedisKeys.await(REDIS, "sluice:{*}:delivery:*", 0);
        assertThat(receiver.all().subList(6, receiver.all().size()))
                .extracting(one -> new JsonObject(one.text()).getString("type"))
                .containsExactlyInAnyOrder("b.x", "b.y");
    }

    @Test
    void onePurgedLetterIsGone() {
        receiver.answers(500);
        failingWebhook();
        pod.accept("a", 1);
        String path = "/v1/dead-letters/" + awaitLetters(1).get(0).getString("id");

        assertThat(pod.api().delete(path).status()).isEqualTo(204);
        assertThat(pod.api().delete(path).status()).isEqualTo(404);
        awaitLetters(0);
        RedisKeys.await(REDIS, "sluice:{*}:delivery:*", 0);
    }

    /** Two attempts, a second apart. */
    private String failingWebhook() {
        return pod.webhook(new JsonObject()
                        .put("url", receiver.url())
                        .put(
                                "retry",
                                new JsonObject()
                                        .put("delaysMs", JsonArray.of(1000))
                                        .put("jitter", 0)))
                .getString("id");
    }

    private int act(String action, JsonObject filter) {
        return pod.api().post("/v1/dead-letters/" + action, filter).json().getInteger("count");
    }

    private JsonObject webhook(String id) {
        return pod.api().get("/v1/webhooks/" + id).json();
    }

    private List<JsonObject> awaitLetters(int count) {
        Awaitility.await().until(() -> letters().size() == count);
        return letters();
    }

    private List<JsonObject> letters() {
        return pod.api().get("/v1/dead-letters").json().getJsonArray("deadLetters").stream()
                .map(JsonObject.class::cast)
                .toList();
    }
}
