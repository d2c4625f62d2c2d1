package dev.sluice.admin.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.testing.ApiKeys;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyRoutesTest {
    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsTheTokenOfAKeyOnceAndLetsItIn() {
        ApiClient.Answer created = api.post("/v1/keys", key("ops", "admin"));
        assertThat(created.status()).isEqualTo(201);
        String token = created.json().getString("token");
        assertThat(token).matches("slk_[A-Za-z0-9_-]{43}");
        assertThat(api.get("/v1/keys").status()).isEqualTo(401);
        ApiClient.Answer list = api.send("GET", "/v1/keys", null, "Authorization", "Bearer " + token);
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.response().body()).contains("\"ops\"").doesNotContain(token, "hash");
    }

    @Test
    void saysWhatAKeyIsBoundTo() {
        api.as(Role.ADMIN);
        ApiClient.Answer created =
                api.post("/v1/keys", key("cms", "publish").put("tenant", "acme").put("source", "strapi"));
        assertThat(created.json().getString("tenant")).isEqualTo("acme");
        assertThat(created.json().getString("source")).isEqualTo("strapi");
        assertThat(created.json().getString("createdAt")).isEqualTo(Api.NOW.toString());
    }

    @Test
    void wantsAnAdminsKeyFirst() {
        ApiClient.Answer answer = api.post("/v1/keys", key("cms", "publish"));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("first-key");
        assertThat(api.get("/v1/keys").status()).isEqualTo(200);
    }

    @Test
    void refusesADeletedKeyAtOnce() {
        api.as(Role.ADMIN);
        String id = api.post("/v1/keys", key("r", "read")).json().getString("id");
        assertThat(api.delete("/v1/keys/" + id).status()).isEqualTo(204);
        assertThat(api.delete("/v1/keys/" + id).problem()).isEqualTo("no-such-key");
    }

    @Test
    void keepsTheLastAdminsKey() {
        api.as(Role.READ).as(ApiKeys.key("second", Role.ADMIN));
        assertThat(api.delete("/v1/keys/first-admin").status()).isEqualTo(204);
        ApiClient.Answer answer = api.delete("/v1/keys/second");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("last-admin-key");
        assertThat(api.get("/v1/keys").status()).isEqualTo(200);
    }

    @Test
    void pagesThroughAllInOrder() {
        api.as(ApiKeys.key("a", Role.ADMIN));
        api.as(ApiKeys.key("b", Role.ADMIN));
        api.as(ApiKeys.key("c", Role.ADMIN));
        ApiClient.Answer first = api.get("/v1/keys?limit=2");
        assertThat(ids(first)).containsExactly("a", "b");
        ApiClient.Answer second =
                api.get("/v1/keys?limit=2&cursor=" + first.json().getString("cursor"));
        assertThat(ids(second)).containsExactly("c");
        assertThat(second.json().getString("cursor")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"role\":\"read\"}', /name",
        "'{\"name\":\"\",\"role\":\"read\"}', /name",
        "'{\"name\":\"n\"}', /role",
        "'{\"name\":\"n\",\"role\":\"emperor\"}', /role",
        "'{\"name\":\"n\",\"role\":\"ADMIN\"}', /role",
        "'{\"name\":\"n\",\"role\":\"admin\",\"tenant\":\"acme\"}', /tenant",
        "'{\"name\":\"n\",\"role\":\"read\",\"source\":\"cms\"}', /source",
        "'{\"name\":\"n\",\"role\":\"read\",\"scopes\":[]}', /scopes",
        "'{\"name\":\"n\\n12:00:00.000 INFO\",\"role\":\"read\"}', /name",
        "'{\"name\":\"n\\u202e\",\"role\":\"read\"}', /name",
        "'{\"name\":\"n\",\"role\":\"read\",\"tenant\":\"a\\u2028b\"}', /tenant",
        "'{\"name\":\"n\",\"role\":\"publish\",\"source\":\"a\\rb\"}', /source",
    })
    void refusesAWrongKey(String body, String pointer) {
        ApiClient.Answer answer = api.post("/v1/keys", new JsonObject(body));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-key");
        assertThat(answer.pointer()).isEqualTo(pointer);
        assertThat(answer.json().getJsonArray("errors")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"MANAGE", "PUBLISH", "READ"})
    void isForAdminsOnly(Role role) {
        api.as(role);
        assertThat(api.get("/v1/keys").status()).isEqualTo(403);
        assertThat(api.post("/v1/keys", key("n", "read")).status()).isEqualTo(403);
        assertThat(api.delete("/v1/keys/first-admin").status()).isEqualTo(403);
    }

    private static JsonObject key(String name, String role) {
        return new JsonObject().put("name", name).put("role", role);
    }

    private static List<String> ids(ApiClient.Answer page) {
        return page.json().getJsonArray("keys").stream()
                .map(one -> ((JsonObject) one).getString("id"))
                .toList();
    }
}
