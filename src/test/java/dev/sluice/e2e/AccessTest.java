package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.boot.StartFailure;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may do what, with a key and without. */
class AccessTest {
    private static final String ADMIN = "an-admin-key-of-the-test";
    private static final JsonObject EVENT = new JsonObject().put("type", "a");

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @Test
    void withoutAKeyOnlyNamesOfThisMachineAreAnswered() {
        try (TestPod pod = TestPod.start(REDIS.uri())) {
            assertThat(statusFor(pod, "localhost:1")).isEqualTo(202);
            assertThat(statusFor(pod, "127.0.0.1")).isEqualTo(202);
            assertThat(statusFor(pod, "evil.example")).isEqualTo(421);
        }
    }

    @Test
    void withoutAKeyAWiderAddressIsRefusedAtTheStart() {
        assertThatThrownBy(() -> TestPod.start(REDIS.uri(), "SLUICE_HTTP_HOST", "0.0.0.0"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("http.host: 0.0.0.0")
                .hasMessageContaining("SLUICE_ACCESS_ADMIN_KEY")
                .message()
                .hasLineCount(1);
    }

    @Test
    void eachRoleMayDoWhatItIsFor() {
        try (TestPod pod = TestPod.start(REDIS.uri(), "SLUICE_ACCESS_ADMIN_KEY", ADMIN)) {
            Rest admin = pod.api().as(ADMIN);
            assertThat(statuses(pod.api())).isEqualTo("401 401 401 401");
            assertThat(statuses(pod.api().as("slk_wrong"))).isEqualTo("401 401 401 401");
            assertThat(statuses(admin)).isEqualTo("202 200 400 200");
            assertThat(statuses(key(pod, admin, "publish"))).isEqualTo("202 403 403 403");
            assertThat(statuses(key(pod, admin, "read"))).isEqualTo("403 200 403 403");
            assertThat(statuses(key(pod, admin, "manage"))).isEqualTo("403 200 400 403");
            assertThat(statusFor(pod, "evil.example"))
                    .as("no Host check with keys")
                    .isEqualTo(401);
        }
    }

    /** Post an event, list webhooks, make a wrong webhook, list keys. */
    private static String statuses(Rest api) {
        return "%d %d %d %d"
                .formatted(
                        api.post("/v1/events", EVENT).status(),
                        api.get("/v1/webhooks").status(),
                        api.post("/v1/webhooks", new JsonObject()).status(),
                        api.get("/v1/keys").status());
    }

    private static Rest key(TestPod pod, Rest admin, String role) {
        Rest.Answer made =
                admin.post("/v1/keys", new JsonObject().put("name", role).put("role", role));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return pod.api().as(made.json().getString("token"));
    }

    private static int statusFor(TestPod pod, String host) {
        String body = EVENT.encode();
        try (RawHttp http = pod.connect()) {
            return http.send(
                            "POST /v1/events HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                                    .formatted(host, body.length(), body))
                    .read()
                    .status();
        }
    }
}
