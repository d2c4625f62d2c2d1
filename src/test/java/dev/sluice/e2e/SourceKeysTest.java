package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The set-up of the four systems as the manual tells it, with keys. */
class SourceKeysTest {
    private static final String ADMIN = "an-admin-key-that-is-long-enough-for-this";
    private static final String JSON = "application/json";
    private static final String STRAPI = "{\"event\":\"entry.create\",\"createdAt\":\"2026-01-15T09:30:00.000Z\","
            + "\"model\":\"article\",\"entry\":{\"id\":7,\"title\":\"Hi\"}}";
    private static final String COCKPIT =
            "{\"event\":\"collections.save.after\",\"hook\":\"To Sluice\",\"backend\":1,\"args\":[\"posts\",{},false]}";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private TestPod pod;
    private String key;

    @BeforeEach
    void start() {
        pod = TestPod.start(REDIS.uri(), "SLUICE_ACCESS_ADMIN_KEY", ADMIN);
        key = key("publish");
    }

    @AfterEach
    void stop() {
        pod.close();
    }

    private String key(String role) {
        Rest.Answer made = pod.api().as(ADMIN).post("/v1/keys", JSON, "{\"name\":\"k\",\"role\":\"" + role + "\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().getString("token");
    }

    private static String body(String source) {
        return switch (source) {
            case "strapi" -> STRAPI;
            case "modyo" -> "{\"trigger_uid\":\"content_entry_published\",\"created_at\":\"2026-01-15T09:30:00Z\"}";
            default -> COCKPIT;
        };
    }

    @ParameterizedTest
    @CsvSource({"strapi", "cockpit", "maya", "modyo"})
    void takesAnApiKeyInItsOwnHeaderBeforeAForeignAuthorization(String source) {
        String path = "/v1/sources/" + source + "/events";
        String body = body(source);
        assertThat(pod.api().post(path, JSON, body, "X-Sluice-Token", key).status())
                .isEqualTo(202);
        assertThat(pod.api()
                        .post(path, JSON, body, "X-Sluice-Token", key, "Authorization", "Basic Zm9vOmJhcg==")
                        .status())
                .isEqualTo(202);
        assertThat(pod.api()
                        .post(path, JSON, body, "Authorization", "Bearer " + key)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void aSourceWithATokenOfItsOwnTakesAnApiKeyAsWell() {
        Rest.Answer changed = pod.api()
                .as(ADMIN)
                .patch(
                        "/v1/sources/strapi",
                        new JsonObject("{\"auth\":{\"type\":\"token\",\"token\":\"of-this-source\"}}"));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        for (String token : new String[] {"of-this-source", key}) {
            Rest.Answer answer = pod.api().post("/v1/sources/strapi/events", JSON, STRAPI, "X-Sluice-Token", token);
            assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        }
        assertThat(pod.api()
                        .post("/v1/sources/strapi/events", JSON, STRAPI, "X-Sluice-Token", "wrong")
                        .text())
                .contains("the source's token", "an API key that may publish");
    }

    @Test
    void saysToAnUnknownSenderWhatToSendAndCountsIt() {
        Rest.Answer answer =
                pod.api().post("/v1/sources/strapi/events", JSON, STRAPI, "Authorization", "Basic Zm9vOmJhcg==");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).contains("source 'strapi'", "X-Sluice-Token", "Authorization: Bearer");
        Awaitility.await().untilAsserted(() -> {
            JsonObject seen =
                    pod.api().as(ADMIN).get("/v1/sources/strapi").json().getJsonObject("seen");
            assertThat(seen.getInteger("denied")).isEqualTo(1);
            assertThat(seen.getString("lastDeniedAt")).isNotNull();
        });
    }

    @Test
    void aKeyThatMayNotPublishIsForbiddenWhereverItStands() {
        String read = key("read");
        assertThat(pod.api()
                        .post("/v1/sources/strapi/events", JSON, STRAPI, "X-Sluice-Token", read)
                        .status())
                .isEqualTo(403);
    }
}
