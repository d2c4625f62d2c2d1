package dev.sluice.admin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.ApiClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookHintsTest extends WebhookRoutesHarness {
    @Test
    void warnsOfAnEndpointThatNoDeliveryReachesHoweverItIsAskedFor() {
        JsonObject expected = new JsonObject().put("pointer", "/url").put("detail", "not public");
        ApiClient.Answer created = api.post("/v1/webhooks", new JsonObject().put("url", "http://127.0.0.1/x"));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().getJsonArray("warnings")).containsExactly(expected);

        String path = "/v1/webhooks/" + created.json().getString("id");
        assertThat(api.get(path).json().getJsonArray("warnings")).containsExactly(expected);
        assertThat(api.put(path, created.json()).json().getJsonArray("warnings"))
                .as("may be sent back")
                .containsExactly(expected);
        JsonObject auth = new JsonObject()
                .put("type", "oauth2")
                .put("tokenUrl", "http://127.0.0.1/token")
                .put("clientId", "c")
                .put("clientSecret", "s");
        JsonObject patched = api.patch(path, new JsonObject().put("url", URL).put("auth", auth))
                .json();
        assertThat(patched.getJsonArray("warnings").getJsonObject(0).getString("pointer"))
                .isEqualTo("/auth/tokenUrl");
        assertThat(api.patch(path, new JsonObject().putNull("auth")).json().containsKey("warnings"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'source':'srapi'}                                          | /source       | did you mean strapi?",
                "{'source':'somewhere'}                                      | /source       | no source of this name",
                "{'source':'strapi','eventTypes':['entry.*','entry.craete']} | /eventTypes/1 | did you mean entry.create?",
                "{'eventTypes':['media.craete']}                             | /eventTypes/0 | no catalogue",
            })
    void hintsAtWhatNobodyIsKnownToSend(String settings, String pointer, String hint) {
        JsonObject webhook = new JsonObject(settings.replace('\'', '"')).put("url", URL);
        JsonArray warnings = api.post("/v1/webhooks", webhook).json().getJsonArray("warnings");
        assertThat(warnings).hasSize(1);
        assertThat(warnings.getJsonObject(0).getString("pointer")).isEqualTo(pointer.strip());
        assertThat(warnings.getJsonObject(0).getString("detail")).contains(hint.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'source':'strapi','eventTypes':['entry.create','entry.*','review-workflows.updateEntryStage']}",
                "{'eventTypes':['collections.save.after.posts','my.own']}",
                "{'source':'sluice','eventTypes':['webhook.disabled']}",
                "{'eventTypes':['order.created','**']}"
            })
    void hintsAtNothingThatMayCome(String settings) {
        JsonObject webhook = new JsonObject(settings.replace('\'', '"')).put("url", URL);
        assertThat(api.post("/v1/webhooks", webhook).json().getJsonArray("warnings"))
                .isNull();
    }
}
