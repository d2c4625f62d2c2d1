package dev.sluice.admin.cms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.testing.ApiKeys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrapiRoutesErrorsTest extends StrapiRoutesHarness {
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
            ApiClient.Answer answer = api.post(ALL + "/batch-delete", ids);
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
        ApiClient.Answer stranger = api.get(ALL);
        assertThat(error(stranger, 401)).isEqualTo("UnauthorizedError");
        assertThat(stranger.header("www-authenticate")).isEqualTo("Bearer");
    }

    private String messageOf(JsonObject body) {
        ApiClient.Answer answer = api.post(ALL, body);
        assertThat(error(answer, 400)).isEqualTo("ValidationError");
        return answer.json().getJsonObject("error").getString("message");
    }
}
