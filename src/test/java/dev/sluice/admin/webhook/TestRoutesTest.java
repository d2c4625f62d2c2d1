package dev.sluice.admin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.testing.InMemoryRegistry;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.Reply;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestRoutesTest {
    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final Api api = new Api(new InMemoryRegistry());

    @AfterEach
    void close() {
        api.close();
        endpoint.close();
    }

    @Test
    void st04_strapisOwnTestIsSentAlsoToADisabledWebhook() {
        ApiClient.Answer tested = test(webhook().put("source", "strapi").put("enabled", false), new JsonObject());
        assertThat(tested.status()).isEqualTo(200);
        RecordedRequest request = endpoint.request();
        assertThat(request.text()).isEqualTo("{\"event\":\"trigger-test\",\"createdAt\":\"2026-11-21T10:00:00.000Z\"}");
        assertThat(request.header("x-strapi-event")).isEqualTo("trigger-test");
        assertThat(request.header("sluice-test")).isEqualTo("true");
        assertThat(request.header("webhook-signature")).startsWith("v1,");
        assertThat(tested.json().getBoolean("delivered")).isTrue();
        assertThat(tested.json().getJsonObject("answer").getInteger("status")).isEqualTo(200);
    }

    @Test
    void tellsWhereTheTimeWentAndWhetherAConnectionWasMadeForIt() {
        String id = api.post("/v1/webhooks", webhook()).json().getString("id");
        JsonObject made = timing(id);
        assertThat(made.fieldNames()).containsExactly("connectMs", "firstByteMs", "bodyMs");
        assertThat(timing(id).fieldNames()).containsExactly("firstByteMs", "bodyMs", "keptConnection");
    }

    private JsonObject timing(String id) {
        JsonObject report =
                api.post("/v1/webhooks/" + id + "/test", new JsonObject()).json();
        JsonObject timing = report.getJsonObject("timing");
        int sum = timing.stream()
                .filter(part -> part.getValue() instanceof Integer)
                .mapToInt(part -> (Integer) part.getValue())
                .sum();
        assertThat(sum).isBetween(0, report.getInteger("durationMs"));
        return timing;
    }

    @Test
    void sendsASampleOfTheTypeThatIsAskedFor() {
        ApiClient.Answer tested = test(webhook().put("source", "strapi"), new JsonObject().put("type", "media.create"));
        assertThat(tested.json().getString("type")).isEqualTo("media.create");
        JsonObject body = new JsonObject(endpoint.request().text());
        assertThat(body.getJsonObject("media").getString("name")).isEqualTo("harbour.png");
        assertThat(endpoint.request().header("x-strapi-event")).isEqualTo("media.create");
        ApiClient.Answer unknown = test(webhook().put("source", "strapi"), new JsonObject().put("type", "no.such"));
        assertThat(unknown.problem()).isEqualTo("unknown-type");
    }

    @Test
    void sendsASampleAsItWasEdited() {
        JsonObject body = new JsonObject().put("event", "entry.publish").put("model", "page");
        ApiClient.Answer tested = test(webhook().put("source", "strapi"), new JsonObject().put("body", body));
        assertThat(tested.json().getString("type")).isEqualTo("entry.publish");
        assertThat(new JsonObject(endpoint.request().text())).isEqualTo(body);
        assertThat(endpoint.request().header("x-strapi-event")).isEqualTo("entry.publish");
        test(webhook(), new JsonObject().put("type", "order.paid").put("body", new JsonObject().put("id", 7)));
        JsonObject plain = new JsonObject(endpoint.requests().get(1).text());
        assertThat(plain.getString("type")).isEqualTo("order.paid");
        assertThat(plain.getJsonObject("data")).isEqualTo(new JsonObject().put("id", 7));
    }

    @Test
    void showsWhatWasSentButNoSecrets() {
        JsonObject header = new JsonObject()
                .put("name", "X-Token")
                .put("value", "own-secret")
                .put("secret", true);
        JsonObject ofAll = new JsonObject()
                .put("name", "X-All")
                .put("value", "common-secret")
                .put("secret", true);
        api.patch("/v1/sources/strapi", new JsonObject().put("defaultHeaders", new JsonArray().add(ofAll)));
        JsonObject auth =
                new JsonObject().put("type", "basic").put("username", "u").put("password", "p");
        ApiClient.Answer tested = test(
                webhook()
                        .put("source", "strapi")
                        .put("headers", new JsonArray().add(header))
                        .put("auth", auth),
                new JsonObject());
        RecordedRequest request = endpoint.request();
        assertThat(request.header("x-token")).isEqualTo("own-secret");
        assertThat(request.header("x-all")).isEqualTo("common-secret");
        assertThat(request.header("authorization")).isEqualTo("Basic dTpw");
        String shown = tested.json().getJsonObject("request").encode();
        assertThat(shown).contains("X-Token", "X-All", "authorization", "trigger-test", "webhook-id");
        assertThat(shown).doesNotContain("own-secret", "common-secret", "dTpw");
    }

    @Test
    void tellsOfARefusalOnceAndDoesNotTryAgain() {
        endpoint.answers(Reply.status(503));
        JsonObject tested = test(webhook(), new JsonObject()).json();
        assertThat(tested.getBoolean("delivered")).isFalse();
        assertThat(tested.getJsonObject("answer").getInteger("status")).isEqualTo(503);
        assertThat(endpoint.requests()).hasSize(1);
    }

    @Test
    void tellsWhyThereWasNoAnswer() {
        endpoint.close();
        JsonObject tested = test(webhook(), new JsonObject()).json();
        assertThat(tested.getBoolean("delivered")).isFalse();
        assertThat(tested.getJsonObject("failure").getString("kind")).isEqualTo("connect");
        assertThat(tested.getJsonObject("failure").getString("detail")).isNotEmpty();
        assertThat(tested.getJsonObject("timing").getString("failedIn")).isEqualTo("connect");
        assertThat(tested.getJsonObject("timing").getInteger("connectMs")).isNotNegative();
    }

    @Test
    void isGuardedAsADeliveryIs() {
        JsonObject tested =
                test(webhook().put("url", "http://10.0.0.1/"), new JsonObject()).json();
        assertThat(tested.getJsonObject("failure").getString("kind")).isEqualTo("forbidden");
        assertThat(tested.getJsonObject("failure").getString("detail")).contains("10.0.0.1");
        assertThat(tested.containsKey("timing")).isFalse();
    }

    @Test
    void sendsASmallEventWhereThereIsNoCms() {
        JsonObject tested =
                test(webhook().put("body", "cloudevents"), new JsonObject()).json();
        assertThat(tested.getString("type")).isEqualTo("sluice.test");
        JsonObject body = new JsonObject(endpoint.request().text());
        assertThat(body.getString("type")).isEqualTo("sluice.test");
        assertThat(body.getJsonObject("data").getBoolean("test")).isTrue();
        assertThat(body.getString("id")).startsWith("evt_test");
    }

    @Test
    void wantsAWebhookThatIsThereAndTheRoleManage() {
        assertThat(api.post("/v1/webhooks/wh_none/test", new JsonObject()).problem())
                .isEqualTo("no-such-webhook");
        assertThat(test(webhook(), new JsonObject().put("type", 1)).pointer()).isEqualTo("/type");
        api.as(Role.READ);
        assertThat(api.post("/v1/webhooks/wh_none/test", new JsonObject()).status())
                .isEqualTo(403);
    }

    private JsonObject webhook() {
        return new JsonObject().put("url", endpoint.url() + "/hook").put("name", "Deploy");
    }

    private ApiClient.Answer test(JsonObject webhook, JsonObject body) {
        ApiClient.Answer created = api.post("/v1/webhooks", webhook);
        assertThat(created.status()).as(created.json().encode()).isEqualTo(201);
        return api.post("/v1/webhooks/" + created.json().getString("id") + "/test", body);
    }
}
