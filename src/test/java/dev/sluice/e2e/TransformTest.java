package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.e2e.Receiver.Received;
import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A webhook gets the body that its expression makes. */
class TransformTest {
    private static final String KEY = "whsec_bm9ib2R5IG1heSByZWFkIHRoaXMga2V5ISEh";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    @Test
    void theBodyIsWhatTheExpressionMakesAndTheSignatureCoversIt() throws Exception {
        JsonObject created = webhook("chat", "{'text': 'Order ' & data.number & ' of ' & site & ' is paid'}");
        assertThat(created.getString("transform")).startsWith("{'text'");
        pod.accept(new JsonObject()
                .put("type", "order.paid")
                .put("site", "north")
                .put("data", new JsonObject().put("number", 7)));

        Received received = receiver.take();
        assertThat(received.text()).isEqualTo("{\"text\":\"Order 7 of north is paid\"}");
        assertThat(received.header("content-type")).isEqualTo("application/json");
        new com.standardwebhooks.Webhook(KEY).verify(received.text(), received.headers());
    }

    @Test
    void anExpressionThatIsMendedMakesTheNextBody() {
        String path = "/v1/webhooks/" + webhook("chat", "'old'").getString("id");
        assertThat(pod.api().patch(path, transform("'new'")).status()).isEqualTo(200);
        pod.accept("order.paid", 1);
        assertThat(receiver.take().text()).isEqualTo("\"new\"");

        assertThat(pod.api().patch(path, new JsonObject().putNull("transform")).status())
                .isEqualTo(200);
        pod.accept("order.paid", 1);
        assertThat(receiver.take().text()).startsWith("{\"type\":\"order.paid\"");
    }

    @Test
    void anExpressionThatCannotBeReadIsRefusedWithItsPlace() {
        Rest.Answer refused =
                pod.api().post("/v1/webhooks", transform("{'text': data.number").put("url", receiver.url()));

        assertThat(refused.status()).isEqualTo(400);
        JsonObject error = refused.json().getJsonArray("errors").getJsonObject(0);
        assertThat(error.getString("pointer")).isEqualTo("/transform");
        assertThat(error.getString("detail")).startsWith("not JSONata: at character 20: ");
    }

    @Test
    void aFailureShowsInTheAttemptsAndHoldsBackNobodyElse() {
        String broken = webhook("broken", "data.missing").getString("id");
        webhook("sound", "data.number");
        pod.webhook(receiver.url("/plain"));
        String event = pod.accept("order.paid", new JsonObject().put("number", 7));

        assertThat(receiver.take().path()).isIn("/sound", "/plain");
        assertThat(receiver.take().path()).isIn("/sound", "/plain");
        JsonObject letter = awaitLetter();
        assertThat(letter.getString("webhook")).isEqualTo(broken);
        assertThat(letter.getString("event")).isEqualTo(event);
        assertThat(history(letter)).hasSize(2).allSatisfy(attempt -> {
            assertThat(attempt.getString("error")).isEqualTo("transform");
            assertThat(attempt.getString("detail")).isEqualTo("the result is nothing (expected: a JSON value)");
        });
        assertThat(receiver.all()).extracting(Received::path).containsExactlyInAnyOrder("/sound", "/plain");
    }

    @Test
    void aDeadLetterIsDeliveredOnceTheExpressionIsMended() {
        String webhook = webhook("mended", "data.missing").getString("id");
        pod.accept("order.paid", new JsonObject().put("number", 7));
        String letter = "/v1/dead-letters/" + awaitLetter().getString("id");

        pod.api().patch("/v1/webhooks/" + webhook, transform("data.number"));
        assertThat(pod.api().post(letter + "/retry", "application/json", "").status())
                .isEqualTo(202);

        assertThat(receiver.take().text()).isEqualTo("7");
    }

    /** A loop without end takes a worker for its time, and no more. */
    @Test
    void anExpressionThatWouldNotEndIsEndedWhileOthersGoOn() {
        webhook("endless", "($f := function($n){$f($n + 1)}; $f(0))");
        webhook("sound", "data");
        for (int i = 0; i < 5; i++) {
            pod.accept("order.paid", i);
        }

        for (int i = 0; i < 5; i++) {
            assertThat(receiver.take().path()).isEqualTo("/sound");
        }
        assertThat(history(awaitLetter()))
                .allMatch(attempt -> attempt.getString("detail").matches("not done within .*|takes more than .*"));
    }

    /** Signs with {@link #KEY}; gives up after two attempts, a second apart. */
    private JsonObject webhook(String name, String expression) {
        JsonObject twice = new JsonObject().put("delaysMs", JsonArray.of(1000)).put("jitter", 0);
        return pod.webhook(transform(expression)
                .put("url", receiver.url("/" + name))
                .put("signing", new JsonObject().put("secret", KEY))
                .put("retry", twice));
    }

    private static JsonObject transform(String expression) {
        return new JsonObject().put("transform", expression);
    }

    /** The first, when it is there. */
    private JsonObject awaitLetter() {
        Awaitility.await().until(() -> !letters().isEmpty());
        return letters().getJsonObject(0);
    }

    private List<JsonObject> history(JsonObject letter) {
        String path = "/v1/dead-letters/" + letter.getString("id");
        return pod.api().get(path).json().getJsonArray("history").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private JsonArray letters() {
        return pod.api().get("/v1/dead-letters").json().getJsonArray("deadLetters");
    }
}
