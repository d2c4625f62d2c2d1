package dev.sluice.playground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.testing.ApiKeys;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaygroundRoutesTest {
    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsWhatCameNewestFirstAndAnswersThatItWasWell() {
        assertThat(send("demo", "{\"n\":1}").status()).isEqualTo(204);
        send("demo", "{\"n\":2}");
        send("other", "{}");

        JsonObject demo = api.get("/v1/playground/demo").json();
        assertThat(demo.getJsonArray("requests")).hasSize(2);
        JsonObject latest = demo.getJsonArray("requests").getJsonObject(0);
        assertThat(latest.getString("body")).isEqualTo("{\"n\":2}");
        assertThat(latest.getInteger("status")).isEqualTo(204);
        assertThat(latest.getJsonArray("headers"))
                .contains(new JsonObject().put("name", "webhook-id").put("value", "evt_1"));
        assertThat(api.get("/v1/playground/demo?after=" + latest.getLong("number"))
                        .json()
                        .getJsonArray("requests"))
                .isEmpty();
    }

    @Test
    void answersWhatItIsToldTo() {
        api.put("/v1/playground/demo", new JsonObject().put("status", 429).put("retryAfter", 30));
        ApiClient.Answer answer = send("demo", "{}");
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("30");
        assertThat(api.get("/v1/playground/demo").json().getJsonObject("answer").getInteger("status"))
                .isEqualTo(429);
        assertThat(send("other", "{}").status()).isEqualTo(204);
    }

    @Test
    void answersAfterAWhileIfItIsToldTo() {
        api.put("/v1/playground/demo", new JsonObject().put("status", 200).put("delayMs", 1));
        assertThat(send("demo", "{}").status()).isEqualTo(200);
    }

    @Test
    void saysWhatIsWrongWithAnAnswer() {
        ApiClient.Answer answer = api.put("/v1/playground/demo", new JsonObject().put("status", 99));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.pointer()).isEqualTo("/status");
    }

    @Test
    void keepsTheLatestHundredAndTheBeginningOfWhatIsLong() {
        for (int i = 0; i < 101; i++) {
            send("demo", "{\"n\":" + i + "}");
        }
        assertThat(api.get("/v1/playground/demo?limit=500").json().getJsonArray("requests"))
                .hasSize(100)
                .noneMatch(one -> ((JsonObject) one).getString("body").equals("{\"n\":0}"));
    }

    @Test
    void forgetsWhatCame() {
        send("demo", "{}");
        assertThat(api.delete("/v1/playground/demo").status()).isEqualTo(204);
        assertThat(api.get("/v1/playground/demo").json().getJsonArray("requests"))
                .isEmpty();
    }

    @Test
    void isClosedAsSoonAsThereIsAKey() {
        api.as(Role.ADMIN);
        assertThat(send("demo", "{}").status()).isEqualTo(404);
        assertThat(api.get("/v1/playground/demo").status()).isEqualTo(404);
        assertThat(api.as(ApiKeys.bound("acme-reads", Role.READ, "acme", null))
                        .get("/v1/playground/demo")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/playground/a.b", "/playground/%2e%2e", "/playground/a%2Fb", "/playground/../v1/events"})
    void hasNoReceiverOfAnotherName(String path) {
        assertThat(api.send("POST", path, "{}", "Content-Type", "application/json")
                        .status())
                .isIn(404, 405);
    }

    private ApiClient.Answer send(String receiver, String body) {
        return api.send(
                "POST", "/playground/" + receiver, body, "Content-Type", "application/json", "webhook-id", "evt_1");
    }
}
