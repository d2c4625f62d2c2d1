package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.e2e.Receiver.Received;
import dev.sluice.ingest.Packed;
import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Other systems' webhooks through the whole gateway, to receivers that verify those systems' own signatures. */
class ProducersTest {
    private static final String JSON = "application/json";
    private static final String SECRET = "It's a Secret to Everybody";
    private static final String PULL =
            "{ \"action\" : \"opened\",\"n\":1.0,\"title\":\"Zürich \\u00e9 😀\",\"password\":\"kept\"}";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    @Test
    void aReceiverVerifiesWhatGitHubSignedAlsoAtTheSecondAttempt() {
        source("gh", "github");
        webhook("gh", "pull_request.*", new JsonObject());
        AtomicInteger times = new AtomicInteger();
        receiver.answersBy(request -> times.getAndIncrement() == 0 ? 500 : 204);

        Rest.Answer answer = github(PULL);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        for (int attempt = 1; attempt <= 2; attempt++) {
            Received received = receiver.take();
            assertThat(received.text()).isEqualTo(PULL);
            assertThat(received.header("X-Hub-Signature-256")).isEqualTo("sha256=" + hmac(received.body()));
            assertThat(received.header("X-GitHub-Event")).isEqualTo("pull_request");
            assertThat(received.header("User-Agent")).isEqualTo("GitHub-Hookshot/044aadd");
            assertThat(received.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
            assertThat(received.header("webhook-signature")).startsWith("v1,");
            assertThat(received.header("sluice-attempt")).isEqualTo(Integer.toString(attempt));
            assertThat(received.header("Cookie")).isNull();
        }
        assertThat(github(PULL).json().getBoolean("duplicate")).isTrue();
    }

    @Test
    void aForgedRequestIsRefusedAndShown() {
        source("forged", "github");
        Rest.Answer answer =
                pod.api().post("/v1/sources/forged/events", JSON, PULL, "X-Hub-Signature-256", "sha256=00");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).contains("does not match").doesNotContain("Everybody");
        await().until(() -> pod.api().get("/v1/sources/forged/refused").text().contains("does not match"));
        await().until(() ->
                pod.api().get("/v1/sources/forged").json().getJsonObject("seen").getLong("denied") == 1);
    }

    /** As src/docs/producers.md says: what GitHub delivers again is a duplicate, and a replay sends it. */
    @Test
    void whatCameBeforeTheWebhookIsReplayedAndNotDeliveredAgain() {
        source("early", "github");
        String since = Instant.now().minusSeconds(60).toString();
        assertThat(github("early", PULL).status()).isEqualTo(202);
        String webhook = webhook("early", "pull_request.*", new JsonObject());
        assertThat(github("early", PULL).json().getBoolean("duplicate")).isTrue();
        Rest.Answer replay =
                pod.api().post("/v1/webhooks/" + webhook + "/replay", new JsonObject().put("since", since));
        assertThat(replay.status()).as(replay.text()).isEqualTo(202);
        assertThat(receiver.take().text()).isEqualTo(PULL);
        await().until(
                        () -> pod.api()
                                .get("/v1/webhooks/" + webhook + "/attempts")
                                .text(),
                        attempts -> attempts.contains("\"fate\":\"delivered\""));
        assertThat(pod.api()
                        .get("/v1/sources/early")
                        .json()
                        .getJsonObject("seen")
                        .getLong("denied"))
                .isZero();
    }

    @Test
    void formsAndPackedBodiesArriveAsTheyCame() {
        pod.api()
                .post(
                        "/v1/sources",
                        new JsonObject()
                                .put("name", "any")
                                .put("dialect", "generic")
                                .put(
                                        "rules",
                                        new JsonObject()
                                                .put(
                                                        "attributes",
                                                        new JsonObject()
                                                                .put(
                                                                        "type",
                                                                        new JsonArray()
                                                                                .add("/type")
                                                                                .add("form:event")))));
        webhook("any", "**", new JsonObject());
        pod.api().post("/v1/sources/any/events", "application/x-www-form-urlencoded", "event=a&x=%C3%A9+b");
        Received form = receiver.take();
        assertThat(form.text()).isEqualTo("event=a&x=%C3%A9+b");
        assertThat(form.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");

        byte[] packed = Packed.gzip("{\"type\":\"b\"}");
        pod.api().send("POST", "/v1/sources/any/events", JSON, packed, "Content-Encoding", "gzip");
        Received zipped = receiver.take();
        assertThat(zipped.body()).isEqualTo(packed);
        assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
    }

    @Test
    void theStandardWebhookOfTheProducerGoesThroughWhereSluiceDoesNotSign() {
        String key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        pod.api()
                .post(
                        "/v1/sources",
                        new JsonObject()
                                .put("name", "std")
                                .put("provider", "standard-webhooks")
                                .put("secret", key));
        webhook("std", "invoice.*", new JsonObject().put("signing", new JsonObject().put("algorithm", "none")));
        String timestamp = Long.toString(System.currentTimeMillis() / 1000);
        String body = "{\"type\":\"invoice.paid\"}";
        String signature = "v1,"
                + Base64.getEncoder()
                        .encodeToString(
                                mac(Base64.getDecoder().decode(key.substring(6)), "msg_1." + timestamp + "." + body));
        Rest.Answer answer = pod.api()
                .post(
                        "/v1/sources/std/events",
                        JSON,
                        body,
                        "webhook-id",
                        "msg_1",
                        "webhook-timestamp",
                        timestamp,
                        "webhook-signature",
                        signature);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        Received received = receiver.take();
        assertThat(received.header("webhook-id")).isEqualTo("msg_1");
        assertThat(received.header("webhook-timestamp")).isEqualTo(timestamp);
        assertThat(received.header("webhook-signature")).isEqualTo(signature);
    }

    private void source(String name, String provider) {
        Rest.Answer answer = pod.api()
                .post(
                        "/v1/sources",
                        new JsonObject()
                                .put("name", name)
                                .put("provider", provider)
                                .put("secret", SECRET));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.text()).doesNotContain("Everybody");
    }

    private String webhook(String source, String type, JsonObject more) {
        JsonObject retry =
                new JsonObject().put("delaysMs", new JsonArray().add(1000)).put("jitter", 0);
        return pod.webhook(new JsonObject()
                        .put("url", receiver.url())
                        .put("source", source)
                        .put("eventTypes", new JsonArray().add(type))
                        .put("retry", retry)
                        .mergeIn(more))
                .getString("id");
    }

    private Rest.Answer github(String body) {
        return github("gh", body);
    }

    private Rest.Answer github(String source, String body) {
        return pod.api()
                .post(
                        "/v1/sources/" + source + "/events",
                        "application/json; charset=utf-8",
                        body,
                        "X-GitHub-Event",
                        "pull_request",
                        "X-GitHub-Delivery",
                        "72d3162e-cc78-11e3-81ab-4c9367dc0958",
                        "X-Hub-Signature-256",
                        "sha256=" + hmac(body.getBytes(StandardCharsets.UTF_8)),
                        "User-Agent",
                        "GitHub-Hookshot/044aadd",
                        "Cookie",
                        "a=b");
    }

    private static String hmac(byte[] body) {
        return HexFormat.of()
                .formatHex(mac(SECRET.getBytes(StandardCharsets.UTF_8), new String(body, StandardCharsets.UTF_8)));
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
