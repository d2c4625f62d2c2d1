package dev.sluice.admin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.OvertakenRegistry;
import dev.sluice.testing.ApiKeys;
import dev.sluice.testing.InMemoryRegistry;
import dev.sluice.testing.Webhooks;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookRoutesTest {
    private static final String URL = "https://receiver.example/hook";

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Api api = new Api(registry);

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void createsAWebhookThatIsThereAtOnce() {
        Api.Answer created = api.post("/v1/webhooks", new JsonObject().put("url", URL));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(created.header("Location"))
                .isEqualTo("/v1/webhooks/" + created.json().getString("id"));
        Api.Answer read = api.get(created.header("Location"));
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(created.json());
        assertThat(read.json().getString("url")).isEqualTo(URL);
        assertThat(read.json().getJsonObject("state").getInteger("parked")).isEqualTo(3);
        assertThat(read.json().getJsonObject("state").containsKey("pace")).isFalse();
    }

    @Test
    void showsThePaceThatWasFoundForAWebhook() {
        Api.Answer created = api.post("/v1/webhooks", new JsonObject().put("url", URL));
        api.findsPace(4.8512);
        assertThat(api.get(created.header("Location"))
                        .json()
                        .getJsonObject("state")
                        .getJsonObject("pace"))
                .isEqualTo(new JsonObject().put("perSecond", 4.85).put("since", Api.NOW.toString()));
    }

    @Test
    void pointsAtWhatIsWrongAndStoresNothing() {
        Api.Answer answer = api.post("/v1/webhooks", new JsonObject().put("url", "ftp://x/"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.pointer()).isEqualTo("/url");
        assertThat(ids(api.get("/v1/webhooks"))).isEmpty();
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
            Api.Answer page = api.get("/v1/webhooks?limit=2" + cursor);
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
        Api.Answer answer = api.get("/v1/webhooks?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-query");
    }

    @Test
    void replacesWhatTheBodySaysAndResetsTheRest() {
        String path = "/v1/webhooks/" + create(new JsonObject().put("url", URL).put("enabled", false));
        Api.Answer answer = api.put(path, new JsonObject().put("url", URL + "/2"));
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
        Api.Answer answer = api.send("POST", "/v1/webhooks", body, "Content-Type", "application/json");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).matches("/[a-z/]+: half of a surrogate pair.*");
    }

    @Test
    void warnsOfAnEndpointThatNoDeliveryReachesHoweverItIsAskedFor() {
        JsonObject expected = new JsonObject().put("pointer", "/url").put("detail", "not public");
        Api.Answer created = api.post("/v1/webhooks", new JsonObject().put("url", "http://127.0.0.1/x"));
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

    @Test
    void refusesANameThatBreaksTheLineOfALog() {
        Api.Answer answer =
                api.post("/v1/webhooks", new JsonObject().put("url", URL).put("name", "a\nb"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.pointer()).isEqualTo("/name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/merge-patch+json", "application/json"})
    void patchesOnlyWhatIsNamed(String type) {
        String path = "/v1/webhooks/" + create(new JsonObject().put("url", URL).put("name", "site"));
        Api.Answer answer = api.send("PATCH", path, "{\"enabled\":false}", "Content-Type", type);
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
            Api.Answer answer = raced.patch("/v1/webhooks/wh_1", new JsonObject().put("name", "new"), headers);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.problem()).isEqualTo(problem);
        }
    }

    @Test
    void showsTheKeyAndRotatesItWithAGrace() {
        String path = "/v1/webhooks/" + create(new JsonObject().put("url", URL)) + "/secret";
        String first = api.get(path).json().getString("key");
        Api.Answer rotated = api.post(path + "/rotate", new JsonObject().put("graceMs", 60_000));
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
        Api.Answer answer = api.post(path, new JsonObject(body));
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
        Api.Answer other = api.get("/v1/webhooks?tenant=default");
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
        Api.Answer answer = api.as(role).send(method, "/v1/webhooks" + path, null);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void neverShowsASecretInAView() {
        JsonObject auth = new JsonObject().put("username", "u").put("password", "pass-word");
        String id = create(new JsonObject().put("url", URL).put("auth", auth));
        assertThat(api.get("/v1/webhooks/" + id).response().body()).doesNotContain("pass-word", "whsec_");
        assertThat(api.get("/v1/webhooks").response().body()).doesNotContain("pass-word", "whsec_");
    }

    private String create(JsonObject body) {
        Api.Answer answer = api.post("/v1/webhooks", body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer.json().getString("id");
    }

    private static List<String> ids(Api.Answer page) {
        JsonArray webhooks = page.json().getJsonArray("webhooks");
        return webhooks.stream().map(one -> ((JsonObject) one).getString("id")).toList();
    }

    @Test
    void pausesAndResumes() {
        String path = "/v1/webhooks/" + create(new JsonObject().put("url", URL));

        Api.Answer paused = api.post(path + "/pause", new JsonObject());
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
