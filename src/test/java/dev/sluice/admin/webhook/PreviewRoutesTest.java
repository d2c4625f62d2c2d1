package dev.sluice.admin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PreviewRoutesTest {
    private static final String PREVIEW = "/v1/webhooks/preview";

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    private static JsonObject settings() {
        return new JsonObject().put("url", "https://example.com/hook");
    }

    private JsonObject preview(JsonObject body) {
        ApiClient.Answer answer = api.post(PREVIEW, body);
        assertThat(answer.status()).as(answer.response().body().toString()).isEqualTo(200);
        return answer.json();
    }

    private static Map<String, String> headers(JsonObject preview) {
        return preview.getJsonObject("request").getJsonArray("headers").stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.toMap(one -> one.getString("name"), one -> one.getString("value")));
    }

    @Test
    void showsWhatAWebhookThatIsOnlyWrittenDownWouldSend() {
        JsonObject seen = preview(new JsonObject()
                .put("webhook", settings().put("transform", "{ \"text\": data.title }"))
                .put("type", "post.made")
                .put("body", new JsonObject().put("title", "Hello")));
        assertThat(seen.getBoolean("matches")).isTrue();
        assertThat(seen.getString("type")).isEqualTo("post.made");
        assertThat(seen.getJsonObject("request").getString("body")).isEqualTo("{\"text\":\"Hello\"}");
        assertThat(seen.getJsonObject("request").getString("url")).isEqualTo("https://example.com/hook");
        assertThat(api.get("/v1/webhooks").json().getJsonArray("webhooks")).isEmpty();
    }

    @Test
    void saysWhichPartOfItWouldNotWantTheEvent() {
        JsonObject seen = preview(new JsonObject()
                .put(
                        "webhook",
                        settings()
                                .put("source", "strapi")
                                .put(
                                        "filter",
                                        new JsonObject().put("exact", new JsonObject().put("/data/model", "page"))))
                .put("body", new JsonObject().put("event", "entry.create").put("model", "article")));
        assertThat(seen.getBoolean("matches")).isFalse();
        assertThat(seen.getString("type")).isEqualTo("entry.create");
        assertThat(seen.encode()).contains("/filter/exact");
        assertThat(headers(seen)).containsEntry("X-Strapi-Event", "entry.create");
    }

    @Test
    void saysWhyATransformationHasNoResult() {
        JsonObject seen =
                preview(new JsonObject().put("webhook", settings().put("transform", "$error('no such thing')")));
        assertThat(seen.getJsonObject("failure").getString("kind")).isEqualTo("transform");
        assertThat(seen.getJsonObject("failure").getString("detail")).contains("no such thing");
        assertThat(seen.containsKey("request")).isFalse();
    }

    @Test
    void masksSecretsAndSignsNothingThatAReaderCouldUse() {
        JsonObject token = new JsonObject()
                .put("name", "X-Token")
                .put("value", "own-secret")
                .put("secret", true);
        JsonObject made = api.post(
                        "/v1/webhooks",
                        settings()
                                .put("headers", new JsonArray().add(token))
                                .put(
                                        "auth",
                                        new JsonObject().put("type", "bearer").put("token", "abc-secret"))
                                .put("signing", new JsonObject().put("bodyHeader", "X-Hub")))
                .json();
        api.as(Role.READ);
        JsonObject seen = preview(new JsonObject().put("id", made.getString("id")));
        assertThat(seen.encode()).doesNotContain("own-secret", "abc-secret", "v1,", "sha256=");
        assertThat(headers(seen).keySet()).contains("X-Token", "webhook-signature", "X-Hub", "webhook-id");
    }

    @Test
    void saysAtItsFieldWhatIsWrongWithTheSettings() {
        ApiClient.Answer answer =
                api.post(PREVIEW, new JsonObject().put("webhook", new JsonObject().put("url", "ftp://x")));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.pointer()).isEqualTo("/url");
        assertThat(api.post(PREVIEW, new JsonObject()).pointer()).isEqualTo("/id");
    }

    @Test
    void knowsNeitherWebhooksNorEventsOfOthers() {
        JsonObject made = api.post("/v1/webhooks", settings()).json();
        assertThat(api.post(PREVIEW + "?tenant=acme", new JsonObject().put("id", made.getString("id")))
                        .status())
                .isEqualTo(404);
        assertThat(api.post(PREVIEW, new JsonObject().put("webhook", settings()).put("event", "evt_unknown"))
                        .problem())
                .isEqualTo("no-such-event");
    }
}
