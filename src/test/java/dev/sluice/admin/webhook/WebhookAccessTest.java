package dev.sluice.admin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.testing.ApiKeys;
import dev.sluice.testing.Webhooks;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookAccessTest extends WebhookRoutesHarness {
    @Test
    void showsTheKeyAndRotatesItWithAGrace() {
        String path = "/v1/webhooks/" + create(new JsonObject().put("url", URL)) + "/secret";
        String first = api.get(path).json().getString("key");
        ApiClient.Answer rotated = api.post(path + "/rotate", new JsonObject().put("graceMs", 60_000));
        assertThat(rotated.status()).isEqualTo(200);
        assertThat(rotated.header("ETag")).isEqualTo("\"2\"");
        assertThat(rotated.json().getString("key")).startsWith("whsec_").isNotEqualTo(first);
        JsonObject previous = rotated.json().getJsonArray("previous").getJsonObject(0);
        assertThat(previous.getString("key")).isEqualTo(first);
        assertThat(previous.getString("until"))
                .isEqualTo(Api.NOW.plusSeconds(60).toString());
        assertThat(api.get(path).json()).isEqualTo(rotated.json());
    }

    @Test
    void rotatesWithTheConfiguredGraceWhereNoBodyComes() {
        String path = "/v1/webhooks/" + create(new JsonObject().put("url", URL)) + "/secret/rotate";
        JsonObject previous =
                api.send("POST", path, null).json().getJsonArray("previous").getJsonObject(0);
        assertThat(previous.getString("until"))
                .isEqualTo(Api.NOW.plusSeconds(24 * 3600).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"graceMs\":-1}', /graceMs",
        "'{\"graceMs\":\"1\"}', /graceMs",
        "'{\"graceMs\":2592000001}', /graceMs",
        "'{\"grace\":1}', /grace",
    })
    void refusesAWrongGrace(String body, String pointer) {
        String path = "/v1/webhooks/" + create(new JsonObject().put("url", URL)) + "/secret/rotate";
        ApiClient.Answer answer = api.post(path, new JsonObject(body));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.pointer()).isEqualTo(pointer);
    }

    @Test
    void keepsTenantsApart() {
        String ours = create(new JsonObject().put("url", URL));
        String theirs = create(new JsonObject().put("url", URL).put("tenant", "acme"));
        assertThat(ids(api.get("/v1/webhooks"))).containsExactly(ours);
        assertThat(ids(api.get("/v1/webhooks?tenant=acme"))).containsExactly(theirs);
        assertThat(api.get("/v1/webhooks/" + theirs).status()).isEqualTo(404);
        assertThat(api.get("/v1/webhooks/" + theirs + "?tenant=acme").status()).isEqualTo(200);
    }

    @Test
    void bindsAKeyToItsTenant() {
        create(new JsonObject().put("url", URL));
        api.as(ApiKeys.bound("bound", Role.MANAGE, "acme", null));
        assertThat(ids(api.get("/v1/webhooks"))).isEmpty();
        String own = create(new JsonObject().put("url", URL));
        assertThat(api.get("/v1/webhooks/" + own).json().getString("tenant")).isEqualTo("acme");
        assertThat(api.get("/v1/webhooks?tenant=acme").status()).isEqualTo(200);
        ApiClient.Answer other = api.get("/v1/webhooks?tenant=default");
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.detail()).contains("'acme'", "'default'");
        JsonObject theirs = new JsonObject().put("url", URL).put("tenant", "default");
        assertThat(api.post("/v1/webhooks", theirs).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "READ,    GET,    '',              200",
        "READ,    GET,    /wh_1,           200",
        "READ,    GET,    /wh_1/secret,    403",
        "READ,    POST,   '',              403",
        "READ,    PUT,    /wh_1,           403",
        "READ,    PATCH,  /wh_1,           403",
        "READ,    DELETE, /wh_1,           403",
        "READ,    POST,   /wh_1/secret/rotate, 403",
        "PUBLISH, GET,    '',              403",
        "MANAGE,  GET,    /wh_1/secret,    200",
        "MANAGE,  DELETE, /wh_1,           204",
    })
    void asksForTheRightRole(Role role, String method, String path, int status) {
        registry.save(Webhooks.webhook("wh_1", "**"));
        ApiClient.Answer answer = api.as(role).send(method, "/v1/webhooks" + path, null);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void neverShowsASecretInAView() {
        JsonObject auth = new JsonObject().put("username", "u").put("password", "pass-word");
        String id = create(new JsonObject().put("url", URL).put("auth", auth));
        assertThat(api.get("/v1/webhooks/" + id).response().body()).doesNotContain("pass-word", "whsec_");
        assertThat(api.get("/v1/webhooks").response().body()).doesNotContain("pass-word", "whsec_");
    }
}
