package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that is refused says why, and nothing of it is stored. */
class BadInputTest {
    private static final String JSON = "application/json";
    private static final String CLOUD_EVENT = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS, "SLUICE_HTTP_MAX_BODY_BYTES", "1KiB");

    /** @param says parts of the answer's body, separated by a bar */
    record Bad(String path, String contentType, byte[] body, int status, String says) {
        @Override
        public String toString() {
            String text = new String(body, StandardCharsets.UTF_8);
            return path + " " + contentType + " " + text.substring(0, Math.min(60, text.length()));
        }
    }

    static Stream<Bad> events() {
        return Stream.of(
                event(JSON, "{\"type\":\"a\",", 400, "malformed-json|byte 12"),
                event(JSON, "{\"type\":\"a\"} x", 400, "malformed-json|line 1|'x'"),
                event(JSON, "", 400, "malformed-json|empty"),
                event(
                        JSON,
                        "[]",
                        400,
                        "invalid-event|not an object|application/cloudevents-batch+json|application/x-ndjson"),
                event("application/x-www-form-urlencoded", "{\"type\":\"a\"}", 415, "curl -d|application/json"),
                event(JSON, "{}", 400, "invalid-event|/type|missing"),
                event(JSON, "{\"type\":\"\"}", 400, "invalid-event|/type"),
                event(JSON, "{\"type\":{}}", 400, "invalid-event|/type"),
                event(JSON, "{\"type\":\"a\",\"time\":\"today\"}", 400, "/time|RFC 3339"),
                event(JSON, "{\"type\":\"a\",\"Not_A_Name\":1}", 400, "/Not_A_Name"),
                event(JSON, "{\"type\":\"a\",\"specversion\":\"0.3\"}", 400, "/specversion"),
                event(JSON, "{\"type\":\"a\",\"data\":1,\"data_base64\":\"AA==\"}", 400, "data_base64"),
                event(JSON, "{\"type\":\"a\",\"data\":\"" + "x".repeat(1100) + "\"}", 413, "body-too-large|1024"),
                event(JSON + "; charset=utf-16", "{\"type\":\"a\"}", 415, "charset|utf-8"),
                event("application/xml", "<a/>", 415, "application/xml|application/json"),
                event(CLOUD_EVENT, "{\"type\":\"a\"}", 400, "/specversion|/id|/source"),
                event(BATCH, "[{\"type\":\"a\"},{\"type\":5,\"time\":\"x\"},{}]", 400, "/1/time|/2/type"),
                event(BATCH, "{\"type\":\"a\"}", 400, "not an array"),
                new Bad("/v1/events", JSON, new byte[] {'{', '"', (byte) 0xFF, '"', '}'}, 400, "byte 2|UTF-8"),
                new Bad("/v1/sources/strapi/events", JSON, bytes("[1]"), 400, "Strapi"),
                new Bad("/v1/sources/nobody/events", JSON, bytes("{}"), 404, "nobody|GET /v1/sources"));
    }

    static Stream<Bad> webhooks() {
        return Stream.of(
                webhook("{}", "/url|missing"),
                webhook("{\"url\":\"ftp://x\"}", "/url|scheme ftp"),
                webhook("{\"url\":\"http://u:p@x\"}", "/url|password"),
                webhook("{\"url\":\"http://x\",\"headers\":[{\"name\":\"a b\",\"value\":\"v\"}]}", "/headers/0/name"),
                webhook(
                        "{\"url\":\"http://x\",\"headers\":[{\"name\":\"a\",\"value\":\"v\\r\\nb: c\"}]}",
                        "/headers/0/value"),
                webhook("{\"url\":\"http://x\",\"headers\":[{\"name\":\"Host\",\"value\":\"v\"}]}", "/headers/0/name"),
                webhook("{\"url\":\"http://x\",\"eventTypes\":[\"a\",\"entry*\"]}", "/eventTypes/1|entry*"),
                webhook("{\"url\":\"http://x\",\"adress\":1}", "/adress"),
                webhook("{\"url\":\"http://x\",\"evenTypes\":[]}", "/evenTypes|nearest: eventTypes"),
                webhook("{\"url\":5,\"enabled\":\"yes\",\"timeoutMs\":-1}", "/url|/enabled|/timeoutMs"),
                webhook("{\"url\":\"http://x\"", "malformed-json|byte 17"),
                new Bad(
                        "/v1/webhooks",
                        "application/x-www-form-urlencoded",
                        bytes("{\"url\":\"http://x\"}"),
                        415,
                        "curl -d|application/json"),
                new Bad("/v1/webhooks", "text/plain", bytes("{\"url\":\"http://x\"}"), 415, "application/json"));
    }

    @ParameterizedTest
    @MethodSource({"events", "webhooks"})
    void isRefusedWithAReasonAndNothingIsStored(Bad bad) {
        Rest.Answer answer = pod.api().send("POST", bad.path(), bad.contentType(), bad.body());

        assertThat(answer.status()).as(answer.text()).isEqualTo(bad.status());
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.text()).contains(bad.says().split("\\|"));
        assertThat(answer.json().getString("type")).startsWith("urn:sluice:problem:");
        assertThat(answer.json().getInteger("status")).isEqualTo(bad.status());
        assertThat(RedisKeys.events(REDIS)).isZero();
        assertThat(pod.api().get("/v1/webhooks").json().getJsonArray("webhooks"))
                .isEmpty();

        pod.accept(new JsonObject().put("type", "right"));
        assertThat(RedisKeys.events(REDIS)).as("the count works").isEqualTo(1);
    }

    private static Bad event(String contentType, String body, int status, String says) {
        return new Bad("/v1/events", contentType, bytes(body), status, says);
    }

    private static Bad webhook(String body, String says) {
        return new Bad("/v1/webhooks", JSON, bytes(body), 400, says);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
