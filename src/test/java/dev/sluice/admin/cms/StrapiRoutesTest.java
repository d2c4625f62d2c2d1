package dev.sluice.admin.cms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.ApiClient;
import dev.sluice.subscription.form.Mask;
import dev.sluice.testing.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrapiRoutesTest extends StrapiRoutesHarness {
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
        ApiClient.Answer deleted = api.delete(ALL + "/" + one.getString("id"));
        assertThat(deleted.json().getJsonObject("data")).isEqualTo(one);
        assertThat(api.get(ALL + "/" + one.getString("id")).status()).isEqualTo(404);
        JsonArray ids = new JsonArray()
                .add(two.getString("id"))
                .add("wh_unknown")
                .add(7)
                .add(three.getString("id"));
        ApiClient.Answer several = api.post(ALL + "/batch-delete", new JsonObject().put("ids", ids));
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
        ApiClient.Answer renamed = put(made.copy().put("headers", new JsonObject().put("X-Other", Mask.TEXT)));
        assertThat(renamed.status()).isEqualTo(400);
        assertThat(renamed.json().getJsonObject("error").getString("message")).contains("masked");
    }

    private JsonObject read(JsonObject webhook) {
        return api.get(ALL + "/" + webhook.getString("id")).json().getJsonObject("data");
    }
}
