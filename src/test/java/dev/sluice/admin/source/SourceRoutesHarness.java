package dev.sluice.admin.source;

import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.testing.InMemoryRegistry;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The REST API over a registry of sources. */
abstract class SourceRoutesHarness {
    static final String ENTRY = "{\"event\":\"entry.create\",\"createdAt\":\"2026-01-15T09:30:00.000Z\","
            + "\"model\":\"article\",\"entry\":{\"id\":7,\"title\":\"Hi\"}}";

    static final JsonObject RULES = new JsonObject(
            "{\"privateFields\":{\"article\":[\"title\",\"zip\"],\"page\":[\"secret\"]},\"userPaths\":[\"owner\"]}");

    final InMemoryRegistry registry = new InMemoryRegistry();
    final Api api = new Api(registry);

    @AfterEach
    void close() {
        api.close();
    }

    static List<String> warnings(ApiClient.Answer answer) {
        return answer.json().getJsonArray("warnings").stream()
                .map(String::valueOf)
                .toList();
    }

    static JsonObject source(String name) {
        return new JsonObject().put("name", name).put("dialect", "strapi");
    }
}
