package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.KeySweep;
import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every key in Redis has somebody who removes it, or runs out: the table in the package comment of {@code redis}. */
class KeySweepTest {
    private static final String ADMIN = "an-admin-key-of-the-test";
    private static final String STRAPI =
            "{\"event\":\"entry.create\",\"createdAt\":\"2026-11-21T10:00:00.000Z\",\"model\":\"a\",\"entry\":{\"id\":1}}";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @Test
    void nothingIsLeftWithoutAnOwnerOrATime() {
        try (TestPod pod =
                TestPod.start(REDIS.uri(), "SLUICE_ACCESS_ADMIN_KEY", ADMIN, "SLUICE_DELIVERY_RETRY_DELAYS", "1s")) {
            Rest admin = pod.api().as(ADMIN);
            String key = answered(
                            201,
                            admin.post(
                                    "/v1/keys",
                                    new JsonObject().put("name", "ci").put("role", "publish")))
                    .json()
                    .getString("id");
            JsonObject rules = new JsonObject().put("userPaths", new JsonArray().add("author"));
            answered(200, admin.patch("/v1/sources/strapi", new JsonObject().put("rules", rules)));
            List<String> webhooks = List.of(
                    webhook(admin, "/well", new JsonObject()),
                    webhook(
                            admin,
                            "/dead",
                            new JsonObject()
                                    .put(
                                            "rateLimit",
                                            new JsonObject().put("limit", 50).put("periodMs", 1000))),
                    webhook(
                            admin,
                            "/coalesced",
                            new JsonObject().put("coalesce", new JsonObject().put("quietMs", 1000))));
            receiver.answersBy(request -> request.path().equals("/dead") ? 503 : 204);
            for (int i = 0; i < 20; i++) {
                Rest.Answer accepted = admin.post(
                        "/v1/events",
                        "application/json",
                        new JsonObject()
                                .put("type", "a")
                                .put("data", i)
                                .put("partitionkey", "k" + i % 3)
                                .encode(),
                        "Idempotency-Key",
                        "key-" + i);
                answered(202, accepted);
            }
            answered(
                    202,
                    admin.post("/v1/events", new JsonObject().put("type", "a").put("data", "x".repeat(20_000))));
            answered(202, admin.post("/v1/sources/strapi/events", "application/json", STRAPI));
            answered(
                    202,
                    admin.post(
                            "/v1/webhooks/" + webhooks.get(0) + "/replay",
                            new JsonObject()
                                    .put("since", Instant.now().minusSeconds(60).toString())));
            assertThat(matching("sluice:{journal}:sizes")).as(keys()).isEqualTo(1);
            assertThat(unknown("")).isEmpty();
            Awaitility.await().untilAsserted(() -> {
                assertThat(matching("sluice:{*}:dead:*")).as(keys()).isEqualTo(1);
                assertThat(matching("sluice:{*}:ruled:*")).as(keys()).isEqualTo(1);
            });
            assertThat(unknown("")).isEmpty();

            webhooks.forEach(id -> answered(204, admin.delete("/v1/webhooks/" + id)));
            answered(204, admin.delete("/v1/keys/" + key));
            answered(204, admin.delete("/v1/sources/strapi"));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(unknown("for good")).isEmpty());
        }
    }

    private String webhook(Rest admin, String path, JsonObject settings) {
        return answered(201, admin.post("/v1/webhooks", settings.put("url", receiver.url(path))))
                .json()
                .getString("id");
    }

    /** What fails would leave no key behind, and so nothing to find. */
    private static Rest.Answer answered(int status, Rest.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer;
    }

    private static long matching(String pattern) {
        return Long.parseLong(REDIS.command("EVAL", "return #redis.call('KEYS', ARGV[1])", "0", pattern)
                .substring(1));
    }

    private static List<String> unknown(String section) {
        return KeySweep.unowned(section, keys());
    }

    private static String keys() {
        return KeySweep.keys(script -> REDIS.command("EVAL", script, "0"));
    }
}
