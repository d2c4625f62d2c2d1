package dev.sluice.admin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.admin.OvertakenRegistry;
import dev.sluice.testing.Webhooks;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookVersionsTest extends WebhookRoutesHarness {
    @ParameterizedTest
    @CsvSource({
        "'\"1\"', 200",
        "'*', 200",
        "'\"7\", \"1\"', 200",
        "'\"2\"', 412",
        "'W/\"1\"', 412",
        "1, 400",
        "W/1, 400",
        "'\"1', 400",
        "'\"1\", 2', 400",
    })
    void changesOnlyTheVersionThatTheClientHasSeen(String condition, int status) {
        String path = "/v1/webhooks/" + create(new JsonObject().put("url", URL));
        JsonObject patch = new JsonObject().put("name", "new");
        assertThat(api.patch(path, patch, "If-Match", condition).status()).isEqualTo(status);
    }

    @Test
    void readsAsManyVersionsAsAHeaderHolds() {
        String path = "/v1/webhooks/" + create(new JsonObject().put("url", URL));
        JsonObject patch = new JsonObject().put("name", "new");
        String many = "\"7\",".repeat(1900) + "\"1\"";
        assertThat(api.patch(path, patch, "If-Match", many).status()).isEqualTo(200);
    }

    @Test
    void holdsTheConditionOfEveryChange() {
        String path = "/v1/webhooks/" + create(new JsonObject().put("url", URL));
        JsonObject body = new JsonObject().put("url", URL);
        assertThat(api.put(path, body, "If-Match", "\"9\"").problem()).isEqualTo("changed");
        assertThat(api.delete(path, "If-Match", "\"9\"").problem()).isEqualTo("changed");
        assertThat(api.post(path + "/secret/rotate", new JsonObject(), "If-Match", "\"9\"")
                        .problem())
                .isEqualTo("changed");
        assertThat(api.get(path).header("ETag")).isEqualTo("\"1\"");
    }

    @ParameterizedTest
    @CsvSource({"true, 412, changed", "false, 409, conflict"})
    void losesToWhoeverWasFaster(boolean conditional, int status, String problem) {
        try (Api raced = new Api(new OvertakenRegistry(Webhooks.webhook("wh_1", "**")))) {
            String[] headers = conditional ? new String[] {"If-Match", "\"1\""} : new String[0];
            ApiClient.Answer answer = raced.patch("/v1/webhooks/wh_1", new JsonObject().put("name", "new"), headers);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.problem()).isEqualTo(problem);
        }
    }
}
