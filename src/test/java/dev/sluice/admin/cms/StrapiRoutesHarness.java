package dev.sluice.admin.cms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.testing.InMemoryRegistry;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;

/** The webhooks of Strapi, as its API has them. */
abstract class StrapiRoutesHarness {
    static final String ALL = "/admin/webhooks";

    final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    final InMemoryRegistry registry = new InMemoryRegistry();
    final Api api = new Api(registry);

    @AfterEach
    void close() {
        api.close();
        endpoint.close();
    }

    JsonObject body() {
        return new JsonObject()
                .put("name", "Deploy")
                .put("url", endpoint.url() + "/hook")
                .put("headers", new JsonObject())
                .put("events", new JsonArray().add("entry.create").add("media.update"));
    }

    JsonObject create(JsonObject body) {
        ApiClient.Answer created = api.post(ALL, body);
        assertThat(created.status()).as(created.json().encode()).isEqualTo(201);
        return created.json().getJsonObject("data");
    }

    ApiClient.Answer put(JsonObject webhook) {
        return api.put(ALL + "/" + webhook.getString("id"), webhook);
    }

    JsonArray list() {
        return api.get(ALL).json().getJsonArray("data");
    }

    static String error(ApiClient.Answer answer, int status) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.json().fieldNames()).containsExactlyInAnyOrder("data", "error");
        JsonObject error = answer.json().getJsonObject("error");
        assertThat(error.getInteger("status")).isEqualTo(status);
        return error.getString("name");
    }
}
