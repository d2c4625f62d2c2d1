package dev.sluice.admin.cms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.subscription.form.Mask;
import dev.sluice.testing.ApiKeys;
import dev.sluice.testing.InMemoryRegistry;
import dev.sluice.testing.Reply;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StrapiRoutesTest {
    private static final String ALL = "/admin/webhooks";

    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Api api = new Api(registry);

    @AfterEach
    void close() {
        api.close();
        endpoint.close();
    }

    @Test
    void st03_createsAndIsEnabled() {
        JsonObject made = create(body());
        assertThat(made.fieldNames()).containsExactlyInAnyOrder("id", "name", "url", "headers", "events", "isEnabled");
        assertThat(made.getString("id")).startsWith("wh_");
        assertThat(made.getBoolean("isEnabled")).isTrue();
        JsonObject ours = api.get("/v1/webhooks/" + made.getString("id")).json();
        assertThat(ours.getString("source")).isEqualTo("strapi");
        assertThat(ours.getJsonArray("eventTypes")).containsExactly("entry.create", "media.update");
        assertThat(ours.getInteger("timeoutMs")).isEqualTo(10_000);
    }

    @Test
    void st03_takesNoEventsAndThenGetsNone() {
        JsonObject made = create(body().put("events", new JsonArray()));
        assertThat(made.getJsonArray("events")).isEmpty();
        assertThat(api.get("/v1/webhooks/" + made.getString("id")).json().getJsonArray("eventTypes"))
                .containsExactly("sluice.none");
        JsonObject back = made.copy();
        assertThat(put(back).json().getJsonObject("data")).isEqualTo(made);
    }

    @Test
    void st05_enablesAndDisablesAndLeavesTheSwitchWhereNothingIsSaid() {
        JsonObject made = create(body());
        assertThat(put(made.copy().put("isEnabled", false))
                        .json()
                        .getJsonObject("data")
                        .getBoolean("isEnabled"))
                .isFalse();
        JsonObject silent = made.copy();
        silent.remove("isEnabled");
        assertThat(put(silent).json().getJsonObject("data").getBoolean("isEnabled"))
                .isFalse();
        assertThat(put(made.copy().put("isEnabled", true))
                        .json()
                        .getJsonObject("data")
                        .getBoolean("isEnabled"))
                .isTrue();
    }

    @Test
    void st06_fullReplaceWantsEveryMember() {
        JsonObject made = create(body());
        JsonObject partial = new JsonObject().put("id", made.getString("id")).put("isEnabled", false);
        JsonObject error = put(partial).json().getJsonObject("error");
        assertThat(error.getString("message")).isEqualTo("4 errors occurred");
        JsonObject other = made.copy()
                .put("name", "Other")
                .put("url", endpoint.url() + "/other")
                .put("headers", new JsonObject())
                .put("events", new JsonArray().add("entry.publish"));
        assertThat(put(other).json().getJsonObject("data")).isEqualTo(other);
        assertThat(read(made)).isEqualTo(other);
    }

    @Test
    void st06_whatIsReadAndWrittenBackLosesNothing() {
        JsonObject filter = new JsonObject().put("model", "article");
        JsonObject readable = new JsonObject().put("name", "X-Plain").put("value", "seen");
        JsonObject secret =
                new JsonObject().put("name", "X-Token").put("value", "hidden").put("secret", true);
        String id = api.post(
                        "/v1/webhooks",
                        new JsonObject()
                                .put("url", endpoint.url())
                                .put("source", "strapi")
                                .put(
                                        "eventTypes",
                                        new JsonArray().add("entry.*").add("plugin.own"))
                                .put("timeoutMs", 1234)
                                .put("filter", new JsonObject().put("exact", filter))
                                .put("headers", new JsonArray().add(readable).add(secret)))
                .json()
                .getString("id");
        JsonObject before = api.get("/v1/webhooks/" + id).json();
        JsonObject read = api.get(ALL + "/" + id).json().getJsonObject("data");
        assertThat(read.getJsonArray("events"))
                .contains("entry.create", "entry.publish", "entry.draft-discard", "plugin.own")
                .doesNotContain("media.create");
        assertThat(read.getJsonObject("headers").getString("X-Plain")).isEqualTo("seen");
        assertThat(put(read.put("name", "Renamed")).status()).isEqualTo(200);
        JsonObject after = api.get("/v1/webhooks/" + id).json();
        for (String kept : List.of("url", "eventTypes", "timeoutMs", "filter", "headers", "source")) {
            assertThat(after.getValue(kept)).as(kept).isEqualTo(before.getValue(kept));
        }
        assertThat(after.getString("name")).isEqualTo("Renamed");
        assertThat(api.post(ALL + "/" + id + "/trigger", new JsonObject()).status())
                .isEqualTo(200);
        assertThat(endpoint.request().header("x-token")).isEqualTo("hidden");
    }

    @Test
    void st07_deletesOneAndSeveral() {
        JsonObject one = create(body());
        JsonObject two = create(body());
        JsonObject three = create(body());
        Api.Answer deleted = api.delete(ALL + "/" + one.getString("id"));
        assertThat(deleted.json().getJsonObject("data")).isEqualTo(one);
        assertThat(api.get(ALL + "/" + one.getString("id")).status()).isEqualTo(404);
        JsonArray ids = new JsonArray()
                .add(two.getString("id"))
                .add("wh_unknown")
                .add(7)
                .add(three.getString("id"));
        Api.Answer several = api.post(ALL + "/batch-delete", new JsonObject().put("ids", ids));
        assertThat(several.json().getJsonArray("data")).isEqualTo(ids);
        assertThat(list()).isEmpty();
    }

    @Test
    void st07_touchesNoWebhookOfAnotherSource() {
        String id = api.post("/v1/webhooks", new JsonObject().put("url", endpoint.url()))
                .json()
                .getString("id");
        assertThat(list()).isEmpty();
        assertThat(api.get(ALL + "/" + id).status()).isEqualTo(404);
        assertThat(api.delete(ALL + "/" + id).status()).isEqualTo(404);
        api.post(ALL + "/batch-delete", new JsonObject().put("ids", new JsonArray().add(id)));
        assertThat(api.get("/v1/webhooks/" + id).status()).isEqualTo(200);
    }

    @Test
    void st04_triggersADisabledWebhookOnceWithAllItsHeaders() {
        endpoint.answers(Reply.status(503, "no thanks"));
        JsonObject made = create(
                body().put("headers", new JsonObject().put("X-Token", "abc").put("X-Strapi-Event", "spoofed")));
        put(made.copy().put("isEnabled", false));
        JsonObject told = api.post(ALL + "/" + made.getString("id") + "/trigger", new JsonObject())
                .json()
                .getJsonObject("data");
        assertThat(told).isEqualTo(new JsonObject().put("statusCode", 503).put("message", "no thanks"));
        assertThat(endpoint.request().text()).contains("\"event\":\"trigger-test\"");
        assertThat(endpoint.request().header("x-token")).isEqualTo("abc");
        assertThat(endpoint.request().header("x-strapi-event")).isEqualTo("trigger-test");
    }

    @Test
    void st15_headerValuesAreWriteOnlyAndTheMaskKeepsThem() {
        JsonObject made = create(body().put("headers", new JsonObject().put("Authorization", "Bearer hidden")));
        assertThat(made.getJsonObject("headers").getString("Authorization")).isEqualTo(Mask.TEXT);
        assertThat(put(made.copy().put("name", "Again")).status()).isEqualTo(200);
        api.post(ALL + "/" + made.getString("id") + "/trigger", new JsonObject());
        assertThat(endpoint.request().header("authorization")).isEqualTo("Bearer hidden");
        Api.Answer renamed = put(made.copy().put("headers", new JsonObject().put("X-Other", Mask.TEXT)));
        assertThat(renamed.status()).isEqualTo(400);
        assertThat(renamed.json().getJsonObject("error").getString("message")).contains("masked");
    }

    @Test
    void saysInStrapisFormWhatIsWrong() {
        assertThat(messageOf(body().put("name", 1))).isEqualTo("name must be a `string` type");
        assertThat(messageOf(body().put("name", " "))).isEqualTo("name is a required field");
        assertThat(messageOf(body().put("url", "example.org/x"))).isEqualTo("url must be a valid URL");
        assertThat(messageOf(body().put("url", "https://"))).isEqualTo("url must be a valid URL");
        assertThat(messageOf(body().put("url", "https://u:p@example.org"))).contains("user name or password");
        assertThat(messageOf(body().put("headers", new JsonArray()))).isEqualTo("headers must be a `object` type");
        assertThat(messageOf(body().put("headers", new JsonObject().putNull("a"))))
                .isEqualTo("headers.a must be a string");
        assertThat(messageOf(body().put("headers", new JsonObject().put("a", "x\r\nb: c"))))
                .contains("line breaks");
        assertThat(messageOf(body().put("headers", new JsonObject().put("Host", "x"))))
                .contains("belongs to the connection");
        assertThat(messageOf(body().put("events", "entry.create"))).isEqualTo("events must be a `array` type");
        assertThat(messageOf(body().put("events", new JsonArray().add(1)))).isEqualTo("events[0] must be a string");
        assertThat(messageOf(body().put("events", new JsonArray().add("entry.*"))))
                .isEqualTo("Webhook event entry.* is not supported");
        assertThat(list()).isEmpty();
    }

    @Test
    void saysInStrapisFormAlsoWhatIsNoWebhookAtAll() {
        assertThat(error(api.send("POST", ALL, "{", "Content-Type", "application/json"), 400))
                .isEqualTo("BadRequestError");
        assertThat(error(api.send("POST", ALL, "[]", "Content-Type", "application/json"), 400))
                .isEqualTo("BadRequestError");
        assertThat(error(api.send("POST", ALL, "a=b", "Content-Type", "application/x-www-form-urlencoded"), 415))
                .isEqualTo("UnsupportedMediaTypeError");
        String huge = new JsonObject().put("name", "x".repeat(Api.MAX_BODY)).encode();
        assertThat(error(api.send("POST", ALL, huge, "Content-Type", "application/json"), 413))
                .isEqualTo("PayloadTooLargeError");
        assertThat(error(api.send("PATCH", ALL + "/x", "{}", "Content-Type", "application/json"), 405))
                .isEqualTo("MethodNotAllowedError");
        assertThat(error(api.get(ALL + "/x/y"), 404)).isEqualTo("NotFoundError");
        for (JsonObject ids : List.of(
                new JsonObject(),
                new JsonObject().put("ids", "a"),
                new JsonObject().put("ids", new JsonArray().add(new JsonObject())))) {
            Api.Answer answer = api.post(ALL + "/batch-delete", ids);
            assertThat(error(answer, 400)).isEqualTo("BadRequestError");
            assertThat(answer.json().getJsonObject("error").getString("message"))
                    .isEqualTo("ids must be an array of id");
        }
    }

    @Test
    void isOfTheSourceThatTheQueryNames() {
        assertThat(error(api.get(ALL + "?source=none"), 404)).isEqualTo("NotFoundError");
        api.post("/v1/sources", new JsonObject().put("name", "shop").put("dialect", "cockpit"));
        assertThat(error(api.get(ALL + "?source=shop"), 404)).isEqualTo("NotFoundError");
        api.post(ALL + "?source=guarded", body());
        assertThat(list()).isEmpty();
        assertThat(api.get(ALL + "?source=guarded").json().getJsonArray("data")).hasSize(1);
    }

    @Test
    void webhooksOfATenantsSourceAreTheTenants() {
        api.post(
                "/v1/sources",
                new JsonObject().put("name", "blog").put("dialect", "strapi").put("tenant", "acme"));
        String id = api.post(ALL + "?source=blog", body())
                .json()
                .getJsonObject("data")
                .getString("id");
        assertThat(api.get("/v1/webhooks/" + id + "?tenant=acme").status()).isEqualTo(200);
        api.as(ApiKeys.bound("theirs", Role.MANAGE, "other", null));
        assertThat(api.get(ALL + "?source=blog").status()).isEqualTo(404);
        assertThat(list()).isEmpty();
    }

    @Test
    void readingWantsReadAndTheRestManage() {
        String id = create(body()).getString("id");
        api.as(Role.READ);
        assertThat(api.get(ALL + "/" + id).status()).isEqualTo(200);
        assertThat(error(api.post(ALL, body()), 403)).isEqualTo("ForbiddenError");
        assertThat(api.delete(ALL + "/" + id).status()).isEqualTo(403);
        assertThat(api.post(ALL + "/" + id + "/trigger", new JsonObject()).status())
                .isEqualTo(403);
        api.asNobody();
        Api.Answer stranger = api.get(ALL);
        assertThat(error(stranger, 401)).isEqualTo("UnauthorizedError");
        assertThat(stranger.header("www-authenticate")).isEqualTo("Bearer");
    }

    private JsonObject body() {
        return new JsonObject()
                .put("name", "Deploy")
                .put("url", endpoint.url() + "/hook")
                .put("headers", new JsonObject())
                .put("events", new JsonArray().add("entry.create").add("media.update"));
    }

    private JsonObject create(JsonObject body) {
        Api.Answer created = api.post(ALL, body);
        assertThat(created.status()).as(created.json().encode()).isEqualTo(201);
        return created.json().getJsonObject("data");
    }

    private Api.Answer put(JsonObject webhook) {
        return api.put(ALL + "/" + webhook.getString("id"), webhook);
    }

    private JsonObject read(JsonObject webhook) {
        return api.get(ALL + "/" + webhook.getString("id")).json().getJsonObject("data");
    }

    private JsonArray list() {
        return api.get(ALL).json().getJsonArray("data");
    }

    private String messageOf(JsonObject body) {
        Api.Answer answer = api.post(ALL, body);
        assertThat(error(answer, 400)).isEqualTo("ValidationError");
        return answer.json().getJsonObject("error").getString("message");
    }

    private static String error(Api.Answer answer, int status) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.json().fieldNames()).containsExactlyInAnyOrder("data", "error");
        JsonObject error = answer.json().getJsonObject("error");
        assertThat(error.getInteger("status")).isEqualTo(status);
        return error.getString("name");
    }
}
