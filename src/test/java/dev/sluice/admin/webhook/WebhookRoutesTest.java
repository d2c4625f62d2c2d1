package dev.sluice.admin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.testing.Webhooks;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookRoutesTest extends WebhookRoutesHarness {
    @Test
    void createsAWebhookThatIsThereAtOnce() {
        ApiClient.Answer created = api.post("/v1/webhooks", new JsonObject().put("url", URL));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(created.header("Location"))
                .isEqualTo("/v1/webhooks/" + created.json().getString("id"));
        ApiClient.Answer read = api.get(created.header("Location"));
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(created.json());
        assertThat(read.json().getString("url")).isEqualTo(URL);
        assertThat(read.json().getJsonObject("state").getInteger("parked")).isEqualTo(3);
        assertThat(read.json().getJsonObject("state").containsKey("pace")).isFalse();
    }

    @Test
    void showsThePaceThatWasFoundForAWebhook() {
        ApiClient.Answer created = api.post("/v1/webhooks", new JsonObject().put("url", URL));
        api.findsPace(4.8512);
        assertThat(api.get(created.header("Location"))
                        .json()
                        .getJsonObject("state")
                        .getJsonObject("pace"))
                .isEqualTo(new JsonObject().put("perSecond", 4.85).put("since", Api.NOW.toString()));
    }

    @Test
    void pointsAtWhatIsWrongAndStoresNothing() {
        ApiClient.Answer answer = api.post("/v1/webhooks", new JsonObject().put("url", "ftp://x/"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.pointer()).isEqualTo("/url");
        assertThat(ids(api.get("/v1/webhooks"))).isEmpty();
    }

    @Test
    void refusesWhatATenantHasNoRoomForAndTakesAChangeThatMakesNoMore() {
        String small = create(new JsonObject().put("url", URL));
        registry.put(Webhooks.webhook("wh_full", Webhooks.patterns(199_999)));
        ApiClient.Answer refused = api.post("/v1/webhooks", new JsonObject().put("url", URL));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().getString("type")).endsWith(":too-many-webhooks");
        assertThat(refused.json().getString("detail"))
                .isEqualTo("200001 patterns in all webhooks of the tenant 'default' together"
                        + " (expected: at most 200000; delete some, or give them fewer)");
        assertThat(api.post("/v1/webhooks/" + small + "/pause", new JsonObject())
                        .status())
                .isEqualTo(200);
        assertThat(api.post("/v1/webhooks?tenant=acme", new JsonObject().put("url", URL))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void pagesThroughAllInOrder() {
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            created.add(create(new JsonObject().put("url", URL)));
        }
        List<String> seen = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String cursor = "";
        do {
            ApiClient.Answer page = api.get("/v1/webhooks?limit=2" + cursor);
            seen.addAll(ids(page));
            sizes.add(ids(page).size());
            cursor = page.json().getString("cursor") == null
                    ? null
                    : "&cursor=" + page.json().getString("cursor");
        } while (cursor != null);
        assertThat(seen).isSorted().containsExactlyInAnyOrderElementsOf(created);
        assertThat(sizes).containsExactly(2, 2, 1);
    }

    @Test
    void endsOnAPageThatIsJustFull() {
        create(new JsonObject().put("url", URL));
        assertThat(api.get("/v1/webhooks?limit=1").json().getString("cursor")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=501", "limit=many", "limit=1&limit=2", "cursor=%21", "tenant=%00"})
    void refusesAWrongQuery(String query) {
        ApiClient.Answer answer = api.get("/v1/webhooks?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-query");
    }

    @Test
    void replacesWhatTheBodySaysAndResetsTheRest() {
        String path = "/v1/webhooks/" + create(new JsonObject().put("url", URL).put("enabled", false));
        ApiClient.Answer answer = api.put(path, new JsonObject().put("url", URL + "/2"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"2\"");
        assertThat(answer.json().getBoolean("enabled")).isTrue();
        assertThat(answer.json().getString("url")).isEqualTo(URL + "/2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"url\":\"https://a.example/\",\"name\":\"\\ud83d\"}",
                "{\"url\":\"https://a.example/\\ud83d\"}",
                "{\"url\":\"https://a.example/\",\"source\":\"\\ude00\"}",
                "{\"url\":\"https://a.example/\",\"transform\":\"'\\ud83d'\"}",
                "{\"url\":\"https://a.example/\",\"filter\":{\"exact\":{\"type\":\"\\ud83d\"}}}",
            })
    void pointsAtHalfOfASurrogatePairWhereverItStands(String body) {
        ApiClient.Answer answer = api.send("POST", "/v1/webhooks", body, "Content-Type", "application/json");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).matches("/[a-z/]+: half of a surrogate pair.*");
    }

    @Test
    void refusesANameThatBreaksTheLineOfALog() {
        ApiClient.Answer answer =
                api.post("/v1/webhooks", new JsonObject().put("url", URL).put("name", "a\nb"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.pointer()).isEqualTo("/name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/merge-patch+json", "application/json"})
    void patchesOnlyWhatIsNamed(String type) {
        String path = "/v1/webhooks/" + create(new JsonObject().put("url", URL).put("name", "site"));
        ApiClient.Answer answer = api.send("PATCH", path, "{\"enabled\":false}", "Content-Type", type);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getBoolean("enabled")).isFalse();
        assertThat(answer.json().getString("name")).isEqualTo("site");
    }

    @Test
    void deletesOnce() {
        String path = "/v1/webhooks/" + create(new JsonObject().put("url", URL));
        assertThat(api.delete(path).status()).isEqualTo(204);
        assertThat(api.delete(path).status()).isEqualTo(404);
        assertThat(api.get(path).problem()).isEqualTo("no-such-webhook");
    }

    @Test
    void pausesAndResumes() {
        String path = "/v1/webhooks/" + create(new JsonObject().put("url", URL));

        ApiClient.Answer paused = api.post(path + "/pause", new JsonObject());
        assertThat(paused.status()).isEqualTo(200);
        assertThat(paused.json().getBoolean("paused")).isTrue();
        assertThat(paused.header("ETag")).isEqualTo("\"2\"");
        assertThat(api.post(path + "/resume", new JsonObject(), "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);
        assertThat(api.post(path + "/resume", new JsonObject()).json().getBoolean("paused"))
                .isFalse();
    }
}
