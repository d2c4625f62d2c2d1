package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RedisServer;
import dev.sluice.testing.Reply;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person can find out afterwards, and do about it. */
class HistoryTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    /** Not tried again before the test is over. */
    private String webhook() {
        JsonObject retry = new JsonObject().put("delaysMs", JsonArray.of(3_600_000));
        return pod.webhook(new JsonObject().put("url", receiver.url()).put("retry", retry))
                .getString("id");
    }

    private JsonObject get(String path) {
        Rest.Answer answer = pod.api().get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private JsonObject await(String path, Predicate<JsonObject> wanted) {
        return Awaitility.await().until(() -> get(path), wanted);
    }

    private List<JsonObject> list(String path, String name, int count) {
        JsonObject page = await(path, answer -> answer.getJsonArray(name).size() == count);
        return page.getJsonArray(name).stream().map(JsonObject.class::cast).toList();
    }

    private List<JsonObject> attempts(String webhook, String query, int count) {
        return list("/v1/webhooks/" + webhook + "/attempts" + query, "attempts", count);
    }

    private List<JsonObject> deliveries(String query, int count) {
        return list("/v1/deliveries" + query, "deliveries", count);
    }

    private Rest.Answer retry(String delivery) {
        return pod.api().post("/v1/deliveries/" + delivery + "/retry", "application/json", "");
    }

    @Test
    void anAnswerWhoseBodyBreaksOffDeliversAndSaysSo() {
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint()) {
            endpoint.answers(Reply.closeAfterHead());
            String webhook =
                    pod.webhook(new JsonObject().put("url", endpoint.url())).getString("id");
            pod.accept("a", 1);

            JsonObject attempt = attempts(webhook, "", 1).get(0);
            assertThat(attempt.getString("fate")).isEqualTo("delivered");
            assertThat(attempt.getInteger("status")).isEqualTo(200);
            assertThat(attempt.getBoolean("bodyCut")).isTrue();
            assertThat(pod.metrics().of("sluice_answers_cut_total")).isEqualTo(1);
            assertThat(endpoint.requests()).hasSize(1);
        }
    }

    @Test
    void eachAttemptIsSeenAfterIt() {
        String webhook = webhook();
        String delivered = pod.accept("a", 1);
        attempts(webhook, "", 1);
        receiver.answers(503);
        String failed = pod.accept("b", 2);

        List<JsonObject> attempts = attempts(webhook, "", 2);
        assertThat(attempts).extracting(one -> one.getString("event")).containsExactly(failed, delivered);
        assertThat(attempts).extracting(one -> one.getInteger("status")).containsExactly(503, 204);
        assertThat(attempts).extracting(one -> one.getString("fate")).containsExactly("retrying", "delivered");
        assertThat(attempts(webhook, "?status=5xx", 1).get(0).getString("type")).isEqualTo("b");
        assertThat(attempts(webhook, "?event=" + delivered, 1).get(0).getString("fate"))
                .isEqualTo("delivered");
    }

    @Test
    void deliveriesAreFoundByWebhookEventStateAndTime() {
        String webhook = webhook();
        String delivered = pod.accept("a", 1);
        attempts(webhook, "", 1);
        receiver.answers(500);
        String waiting = pod.accept("b", 2);
        attempts(webhook, "", 2);
        receiver.answers(410);
        String dead = pod.accept("c", 3);
        attempts(webhook, "", 3);

        String of = "?webhook=" + webhook;
        assertThat(deliveries(of, 3))
                .extracting(one -> one.getString("event"))
                .containsExactly(waiting, dead, delivered);
        assertThat(deliveries(of + "&state=waiting", 1).get(0).getString("event"))
                .isEqualTo(waiting);
        assertThat(deliveries(of + "&state=dead", 1).get(0).getString("lastOutcome"))
                .contains("410");
        assertThat(deliveries(of + "&state=delivered", 1).get(0).getString("event"))
                .isEqualTo(delivered);
        assertThat(deliveries(of + "&state=failed", 2))
                .extracting(one -> one.getString("event"))
                .containsExactly(waiting, dead);
        assertThat(deliveries(of + "&event=" + dead, 1).get(0).getString("state"))
                .isEqualTo("dead");
        assertThat(deliveries("?event=" + waiting, 1).get(0).getString("webhook"))
                .isEqualTo(webhook);
        String dueAt = deliveries(of + "&state=waiting", 1).get(0).getString("dueAt");
        assertThat(deliveries(of + "&since=" + dueAt, 1).get(0).getString("event"))
                .isEqualTo(waiting);
        deliveries(of + "&until=" + dueAt, 2);
    }

    @Test
    void aDeliveryTellsEachOfItsAttemptsOnce() {
        receiver.answers(500);
        String webhook = webhook();
        pod.accept("a", 1);
        String id = attempts(webhook, "", 1).get(0).getString("delivery");
        JsonObject delivery = get("/v1/deliveries/" + id);
        assertThat(delivery.getString("state")).isEqualTo("waiting");
        assertThat(delivery.getInteger("attempts")).isEqualTo(1);
        JsonArray history = delivery.getJsonArray("history");
        assertThat(history).hasSize(1);
        assertThat(history.getJsonObject(0).getInteger("status")).isEqualTo(500);
        assertThat(history.getJsonObject(0).getString("fate")).isEqualTo("retrying");
    }

    @Test
    void aWaitingDeliveryIsTriedNow() {
        receiver.answers(500);
        String webhook = webhook();
        pod.accept("a", 1);
        String id = attempts(webhook, "", 1).get(0).getString("delivery");
        String webhookId = receiver.take().header("webhook-id");
        receiver.answers(204);

        Rest.Answer answer = retry(id);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().getString("dueAt")).isNotNull();
        Receiver.Received again = receiver.take();
        assertThat(again.header("webhook-id")).isEqualTo(webhookId);
        assertThat(again.header("sluice-attempt")).isEqualTo("2");
        await("/v1/deliveries/" + id, delivery -> delivery.getString("state").equals("delivered"));
        assertThat(get("/v1/deliveries/" + id).getJsonArray("history")).hasSize(2);
    }

    @Test
    void aDeliveredOneIsSentAgainWhileItsEventIsRetained() {
        String webhook = webhook();
        pod.accept("a", 1);
        String id = attempts(webhook, "", 1).get(0).getString("delivery");
        Receiver.Received first = receiver.take();

        assertThat(retry(id).status()).isEqualTo(202);
        Receiver.Received again = receiver.take();
        assertThat(again.header("webhook-id")).isEqualTo(first.header("webhook-id"));
        assertThat(again.text()).isEqualTo(first.text());
        attempts(webhook, "", 2);

        REDIS.command(
                "EVAL",
                "for _, key in ipairs(redis.call('KEYS', '*:events')) do redis.call('XTRIM', key, 'MAXLEN', 0) end",
                "0");
        assertThat(retry(id).status()).isEqualTo(410);
    }

    @Test
    void aDeadOneIsTriedAgain() {
        receiver.answers(410);
        String webhook = webhook();
        pod.accept("a", 1);
        String id = attempts(webhook, "", 1).get(0).getString("delivery");
        receiver.take();
        receiver.answers(204);
        await("/v1/webhooks/" + webhook, view -> !view.getBoolean("enabled"));
        pod.api().patch("/v1/webhooks/" + webhook, new JsonObject().put("enabled", true));

        assertThat(retry(id).status()).isEqualTo(202);
        assertThat(receiver.take().header("sluice-attempt")).isEqualTo("1");
        await("/v1/deliveries/" + id, delivery -> delivery.getString("state").equals("delivered"));
    }

    @Test
    void anEventIsFoundByItsIdWithItsDeliveries() {
        String webhook = webhook();
        String event = pod.accept("a", new JsonObject().put("n", 7));
        attempts(webhook, "", 1);
        JsonObject found = get("/v1/events/" + event);
        assertThat(found.getJsonObject("attributes").getString("type")).isEqualTo("a");
        assertThat(found.getJsonObject("data")).isEqualTo(new JsonObject().put("n", 7));
        assertThat(found.getJsonArray("deliveries")).hasSize(1);
        assertThat(found.getJsonArray("deliveries").getJsonObject(0).getString("state"))
                .isEqualTo("delivered");
    }

    @Test
    void aWebhookTellsHowItDoes() {
        String webhook = webhook();
        assertThat(get("/v1/webhooks/" + webhook).getJsonObject("state"))
                .isEqualTo(new JsonObject()
                        .put("circuit", "closed")
                        .put("parked", 0)
                        .put("deadLetters", 0));
        receiver.answers(500);
        for (int i = 0; i < 10; i++) { // as many as delivery.circuit.minimumCalls
            pod.accept("a", i);
        }
        JsonObject state = await(
                        "/v1/webhooks/" + webhook,
                        view -> view.getJsonObject("state").getString("circuit").equals("open")
                                && view.getJsonObject("state").getInteger("parked") == 10)
                .getJsonObject("state");
        assertThat(state.getJsonObject("lastAttempt").getInteger("status")).isEqualTo(500);
        assertThat(state.getString("failingSince")).isNotNull();
        assertThat(state.getString("circuitReason")).isNotEmpty();
        assertThat(get("/v1/webhooks").getJsonArray("webhooks").getJsonObject(0).getJsonObject("state"))
                .isEqualTo(state);
    }

    @Test
    void saysWhatIsWrong() {
        refuses(404, "/v1/webhooks/wh_0/attempts");
        refuses(400, "/v1/deliveries");
        refuses(400, "/v1/deliveries?webhook=wh_1&state=lost");
        refuses(400, "/v1/deliveries?webhook=wh_1&cursor=garbage");
        refuses(400, "/v1/deliveries?webhook=wh_1&since=yesterday");
        refuses(400, "/v1/deliveries?event=garbage");
        refuses(404, "/v1/deliveries/garbage");
        refuses(404, "/v1/deliveries/dlv_01kafz3jvm00000000ab0cd_1");
        refuses(404, "/v1/events/garbage");
        refuses(404, "/v1/events/evt_zzzzzzzzzzzzzzzzzzzzzzz");
        assertThat(retry("garbage").status()).isEqualTo(404);
        assertThat(retry("dlv_01kafz3jvm00000000ab0cd_1").status()).isEqualTo(404);
    }

    private void refuses(int status, String path) {
        Rest.Answer answer = pod.api().get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    }
}
