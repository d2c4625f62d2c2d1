package dev.sluice.admin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.testing.InMemoryRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The REST API over a registry of webhooks. */
abstract class WebhookRoutesHarness {
    static final String URL = "https://receiver.example/hook";

    final InMemoryRegistry registry = new InMemoryRegistry();
    final Api api = new Api(registry);

    @AfterEach
    void close() {
        api.close();
    }

    String create(JsonObject body) {
        ApiClient.Answer answer = api.post("/v1/webhooks", body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer.json().getString("id");
    }

    static List<String> ids(ApiClient.Answer page) {
        JsonArray webhooks = page.json().getJsonArray("webhooks");
        return webhooks.stream().map(one -> ((JsonObject) one).getString("id")).toList();
    }
}
