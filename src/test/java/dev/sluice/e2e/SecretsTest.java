package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.e2e.Receiver.Received;
import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Secrets are sent to endpoints and shown to nobody. */
class SecretsTest {
    private static final String TOKEN = "token-of-the-header-1234";
    private static final String PASSWORD = "pass-of-the-user-5678";
    private static final String SIGNING = "whsec_bm9ib2R5IG1heSByZWFkIHRoaXMga2V5ISEh";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @Test
    void secretsAreSentButNeitherShownNorReadableInRedis() {
        try (TestPod pod = TestPod.start(REDIS.uri())) {
            JsonObject created = pod.webhook(webhook());
            pod.accept("a", 1);
            sent(receiver.take());

            String path = "/v1/webhooks/" + created.getString("id");
            pod.awaitQuiet();
            String seen = pod.api().get(path).text()
                    + pod.api().get("/v1/webhooks").text()
                    + pod.api().get(path + "/attempts").text()
                    + pod.api().get("/v1/deliveries").text()
                    + pod.management().get("/metrics").text()
                    + pod.management().get("/health/ready").text()
                    + created.encode();
            assertThat(seen).doesNotContain(TOKEN, PASSWORD, SIGNING, base64("bob:" + PASSWORD));
            assertThat(seen).contains("not-a-secret", "\"bob\"");
            unreadable(TOKEN);
            unreadable(PASSWORD);
            unreadable(SIGNING.substring("whsec_".length()));
            unreadable(base64("bob:" + PASSWORD));
            assertThat(RedisKeys.holding(REDIS, "not-a-secret"))
                    .as("the search works")
                    .isPositive();
        }
    }

    @Test
    void secretsSurviveARestartOfThePod() throws Exception {
        try (TestPod pod = TestPod.start(REDIS.uri())) {
            pod.webhook(webhook());
        }
        try (TestPod pod = TestPod.start(REDIS.uri())) {
            pod.accept("a", 1);
            Received received = receiver.take();
            sent(received);
            new com.standardwebhooks.Webhook(SIGNING).verify(received.text(), received.headers());
        }
    }

    private JsonObject webhook() {
        return new JsonObject()
                .put("url", receiver.url())
                .put(
                        "headers",
                        JsonArray.of(
                                new JsonObject()
                                        .put("name", "X-Token")
                                        .put("value", TOKEN)
                                        .put("secret", true),
                                new JsonObject().put("name", "X-Plain").put("value", "not-a-secret")))
                .put(
                        "auth",
                        new JsonObject()
                                .put("type", "basic")
                                .put("username", "bob")
                                .put("password", PASSWORD))
                .put("signing", new JsonObject().put("secret", SIGNING));
    }

    private static void sent(Received received) {
        assertThat(received.header("X-Token")).isEqualTo(TOKEN);
        assertThat(received.header("X-Plain")).isEqualTo("not-a-secret");
        assertThat(received.header("Authorization")).isEqualTo("Basic " + base64("bob:" + PASSWORD));
    }

    private static void unreadable(String secret) {
        assertThat(RedisKeys.holding(REDIS, secret)).as(secret).isZero();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
