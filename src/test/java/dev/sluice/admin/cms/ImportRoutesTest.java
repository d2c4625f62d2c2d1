package dev.sluice.admin.cms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.testing.InMemoryRegistry;
import dev.sluice.testing.Webhooks;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImportRoutesTest {
    private static final String PATH = "/v1/webhooks/import";

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Api api = new Api(registry);

    @BeforeEach
    void addSources() {
        api.post("/v1/sources", new JsonObject().put("name", "shop").put("dialect", "cockpit"));
        api.post("/v1/sources", new JsonObject().put("name", "logs").put("dialect", "modyo"));
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void st03_importsWhatStrapisAdminApiAnswers() {
        JsonObject answered = new JsonObject()
                .put("data", new JsonArray().add(strapi().put("id", "7")).add(strapi().put("id", 8)));
        JsonObject told = run("strapi", answered.encode());
        assertThat(told.getBoolean("dryRun")).isFalse();
        JsonObject made = told.getJsonArray("created").getJsonObject(0);
        assertThat(made.getInteger("index")).isZero();
        JsonObject webhook = api.get("/v1/webhooks/" + made.getString("id")).json();
        assertThat(webhook.getString("source")).isEqualTo("strapi");
        assertThat(webhook.getBoolean("enabled")).isFalse();
        assertThat(webhook.getJsonArray("eventTypes")).containsExactly("entry.create", "plugin.own");
        assertThat(webhook.getJsonArray("headers").getJsonObject(0).getBoolean("secret"))
                .isTrue();
        assertThat(told.getJsonArray("skipped").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("index", 1)
                        .put("name", "Deploy")
                        .put("reason", "a webhook of this name and url is there already"));
    }

    @Test
    void makesAsManyAsTheTenantHasRoomForAndSaysWhyNotTheOthers() {
        registry.put(Webhooks.webhook("wh_full", Webhooks.patterns(199_998)));
        JsonArray records = new JsonArray();
        for (int i = 0; i < 3; i++) {
            records.add(strapi().put("id", i).put("name", "n" + i).put("events", JsonArray.of("entry.create")));
        }
        JsonObject told = run("strapi", records.encode());
        assertThat(told.getJsonArray("created")).hasSize(2);
        assertThat(told.getJsonArray("skipped")).hasSize(1);
        assertThat(told.getJsonArray("skipped").getJsonObject(0).getString("reason"))
                .contains("at most 200000");
    }

    @Test
    void st03_importsRowsOfStrapisTable() {
        JsonObject row = new JsonObject()
                .put("id", 1)
                .put("name", "Build")
                .put("url", "https://build.example.org")
                .put("headers", "{\"X-Token\":\"abc\",\"content-type\":\"text/plain\"}")
                .put("events", "[\"entry.publish\"]")
                .put("enabled", 1);
        JsonObject made = run("strapi", new JsonArray().add(row).encode())
                .getJsonArray("created")
                .getJsonObject(0);
        assertThat(made.getJsonArray("notes")).hasSize(1);
        JsonObject webhook = api.get("/v1/webhooks/" + made.getString("id")).json();
        assertThat(webhook.getBoolean("enabled")).isTrue();
        assertThat(webhook.getJsonArray("eventTypes")).containsExactly("entry.publish");
        assertThat(webhook.getJsonArray("headers")).hasSize(1);
    }

    @Test
    void ck05_ck06_importsACockpitRecordAsCockpitReadsIt() {
        JsonObject made = run("shop", new JsonArray().add(cockpit()).encode())
                .getJsonArray("created")
                .getJsonObject(0);
        JsonObject webhook = api.get("/v1/webhooks/" + made.getString("id")).json();
        assertThat(webhook.getString("url")).isEqualTo("https://example.org/hook");
        assertThat(webhook.getJsonObject("auth").getString("username")).isEqualTo("bob");
        assertThat(webhook.getJsonArray("headers")).hasSize(1);
        assertThat(webhook.getJsonArray("headers").getJsonObject(0).getString("name"))
                .isEqualTo("X-Token");
        assertThat(webhook.getJsonArray("eventTypes"))
                .containsExactly("collections.save.after.posts", "cockpit.bootstrap");
        assertThat(made.getJsonArray("notes").encode()).contains("cockpit.webhook", "cockpit.bootstrap");
    }

    @Test
    void ck06_halfAnAuthIsNone() {
        JsonObject half = cockpit()
                .put("auth", new JsonObject().put("user", "bob").put("pass", "0"))
                .put("headers", new JsonArray());
        JsonObject none = cockpit().put("name", "None").put("auth", new JsonArray());
        JsonArray created =
                run("shop", new JsonArray().add(half).add(none).encode()).getJsonArray("created");
        for (int i = 0; i < 2; i++) {
            assertThat(api.get("/v1/webhooks/" + created.getJsonObject(i).getString("id"))
                            .json()
                            .containsKey("auth"))
                    .isFalse();
        }
    }

    @Test
    void ck12_anInactiveOneIsDisabledAndListsWithGapsAreRead() {
        JsonObject record = cockpit()
                .put("active", false)
                .put("events", new JsonObject().put("0", "forms.submit.after").put("2", "admin.init"));
        JsonObject made = run("shop", new JsonArray().add(record).encode())
                .getJsonArray("created")
                .getJsonObject(0);
        JsonObject webhook = api.get("/v1/webhooks/" + made.getString("id")).json();
        assertThat(webhook.getBoolean("enabled")).isFalse();
        assertThat(webhook.getJsonArray("eventTypes")).containsExactly("forms.submit.after", "admin.init");
    }

    @Test
    void tellsWhatItSkipsAndWhyAndMakesTheRest() {
        JsonArray records = new JsonArray()
                .add(cockpit().put("url", "not a url"))
                .add("nothing")
                .add(cockpit().put("name", 1))
                .add(cockpit().put("events", new JsonArray().add("collections.*")))
                .add(cockpit().put("headers", "{"))
                .add(cockpit().put("active", "maybe"))
                .addNull()
                .add(cockpit());
        JsonObject told = run("shop", records.encode());
        assertThat(told.getJsonArray("created")).hasSize(1);
        assertThat(told.getJsonArray("created").getJsonObject(0).getInteger("index"))
                .isEqualTo(7);
        assertThat(told.getJsonArray("skipped").stream().map(one -> ((JsonObject) one).getString("reason")))
                .satisfiesExactly(
                        url -> assertThat(url).contains("/url", "not a URL"),
                        text -> assertThat(text).isEqualTo("not an object"),
                        name -> assertThat(name).contains("name"),
                        pattern -> assertThat(pattern).contains("collections.*"),
                        headers -> assertThat(headers).isEqualTo("headers: not JSON"),
                        active -> assertThat(active).contains("maybe"),
                        none -> assertThat(none).isEqualTo("not an object"));
    }

    @Test
    void warnsOfARecordThatNoDeliveryReaches() {
        String list =
                new JsonArray().add(cockpit().put("url", "http://127.0.0.1/")).encode();
        for (String query : new String[] {"shop&dryRun=true", "shop"}) {
            JsonObject created = run(query, list).getJsonArray("created").getJsonObject(0);
            assertThat(created.getJsonArray("warnings").getJsonObject(0).getString("pointer"))
                    .isEqualTo("/url");
        }
    }

    @Test
    void aRecordWithHalfASurrogatePairFailsAlone() {
        JsonArray records = new JsonArray()
                .add(cockpit().put("name", "half"))
                .add(cockpit().put("url", "https://a.example/half"))
                .add(cockpit());
        JsonObject told = run("shop", records.encode().replace("half", "\\ud83d"));
        assertThat(told.getJsonArray("created")).hasSize(1);
        assertThat(told.getJsonArray("skipped").stream().map(one -> ((JsonObject) one).getString("reason")))
                .satisfiesExactly(
                        name -> assertThat(name).startsWith("/name: half of a surrogate pair"),
                        url -> assertThat(url).startsWith("/url: half of a surrogate pair"));
    }

    @Test
    void aListMayBeSentAgain() {
        String list = new JsonArray().add(cockpit()).encode();
        assertThat(run("shop", list).getJsonArray("created")).hasSize(1);
        JsonObject again = run("shop", list);
        assertThat(again.getJsonArray("created")).isEmpty();
        assertThat(again.getJsonArray("skipped")).hasSize(1);
    }

    @Test
    void aDryRunMakesNothing() {
        String list = new JsonArray().add(cockpit()).encode();
        JsonObject told = run("shop&dryRun=true", list);
        assertThat(told.getBoolean("dryRun")).isTrue();
        assertThat(told.getJsonArray("created").getJsonObject(0).containsKey("id"))
                .isFalse();
        assertThat(api.get("/v1/webhooks").json().getJsonArray("webhooks")).isEmpty();
    }

    @Test
    void refusesWhatIsNoImport() {
        assertThat(post("", "[]").problem()).isEqualTo("invalid-query");
        assertThat(post("?source=none", "[]").problem()).isEqualTo("invalid-query");
        assertThat(post("?source=logs", "[]").problem()).isEqualTo("invalid-query");
        assertThat(post("?source=shop&dryRun=1", "[]").problem()).isEqualTo("invalid-query");
        assertThat(post("?source=shop", "{}").problem()).isEqualTo("invalid-import");
        assertThat(post("?source=shop", "7").problem()).isEqualTo("invalid-import");
        assertThat(post("?source=shop", "[").problem()).isEqualTo("malformed-json");
        assertThat(post("?source=shop", "[" + "1,".repeat(1000) + "1]").problem())
                .isEqualTo("invalid-import");
        api.as(Role.READ);
        assertThat(post("?source=shop", "[]").status()).isEqualTo(403);
    }

    private static JsonObject strapi() {
        return new JsonObject()
                .put("name", "Deploy")
                .put("url", "https://deploy.example.org/hook")
                .put("headers", new JsonObject().put("Authorization", "Bearer abc"))
                .put("events", new JsonArray().add("entry.create").add("plugin.own"))
                .put("isEnabled", false);
    }

    private static JsonObject cockpit() {
        JsonArray headers = new JsonArray()
                .add(row("X-Token", "abc"))
                .add(row("", "no name"))
                .add(row("X-Empty", ""))
                .add(row("X-Zero", "0"));
        return new JsonObject()
                .put("_id", "5f1a")
                .put("name", "Posts")
                .put("url", " https://example.org/hook ")
                .put("auth", new JsonObject().put("user", "bob").put("pass", "s3cret"))
                .put("headers", headers)
                .put(
                        "events",
                        new JsonArray()
                                .add("collections.save.after.posts")
                                .add("cockpit.webhook")
                                .add("cockpit.bootstrap"))
                .put("active", true)
                .put("_created", 1_700_000_000);
    }

    private static JsonObject row(String name, String value) {
        return new JsonObject().put("k", name).put("v", value);
    }

    private JsonObject run(String source, String records) {
        ApiClient.Answer answer = post("?source=" + source, records);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    private ApiClient.Answer post(String query, String body) {
        return api.send("POST", PATH + query, body, "Content-Type", "application/json");
    }
}
