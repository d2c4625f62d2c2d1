package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.web.Resources;
import dev.sluice.subscription.form.Mask;
import dev.sluice.testing.Reply;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What was asked of a real Strapi 5.54.0, asked again here in the same order: the same answers, or a difference we mean. */
class StrapiCaptureTest {
    /** Strapi's community edition refuses them; Sluice has no editions. */
    private static final Set<String> TAKEN_HERE =
            Set.of("create: review-workflows event in CE", "create: releases.publish event in CE");

    private final Map<String, String> ids = new HashMap<>();

    @Test
    void st03_st04_st06_st07_answersAsARealStrapiDid() {
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint();
                Api api = new Api()) {
            ScriptedEndpoint gone = new ScriptedEndpoint();
            gone.close();
            api.as(Role.MANAGE);
            exchanges(endpoint.url(), gone.url()).stream()
                    .map(JsonObject.class::cast)
                    .forEach(exchange -> replay(api, endpoint, exchange));
        }
    }

    private void replay(Api api, ScriptedEndpoint endpoint, JsonObject exchange) {
        String note = exchange.getString("note");
        endpoint.answers(reply(note));
        JsonObject request = ours(exchange.getJsonObject("request"));
        String path = request.getString("path");
        if (note.startsWith("trigger: 12 s")) {
            String id = path.split("/", -1)[3];
            api.patch("/v1/webhooks/" + id, new JsonObject().put("timeoutMs", 150));
        }
        if (note.endsWith("without token")) {
            api.asNobody();
        }
        JsonObject body = request.getJsonObject("body");
        ApiClient.Answer answer = body == null
                ? api.send(request.getString("method"), path, null)
                : api.send(request.getString("method"), path, body.encode(), "Content-Type", "application/json");
        learnId(exchange, answer);
        JsonObject expected = expected(note, exchange.getJsonObject("response"), answer);
        assertThat(answer.status()).as(note + ": " + answer.response().body()).isEqualTo(expected.getInteger("status"));
        assertThat(inAnyOrder(answer.json())).as(note).isEqualTo(inAnyOrder(expected.getJsonObject("body")));
    }

    /** Strapi lists what is older first; here everything is made at the same instant. */
    private static Object inAnyOrder(JsonObject body) {
        return body.getValue("data") instanceof JsonArray list ? list.stream().collect(Collectors.toSet()) : body;
    }

    private static Reply reply(String note) {
        return switch (note) {
            case "trigger: receiver 500" -> Reply.status(500, "forced status 500");
            case "trigger: receiver 503" -> Reply.status(503, "forced status 503");
            case "trigger: 302" -> Reply.status(302, "", "location: /elsewhere");
            case "trigger: 12 s receiver (10 s timeout)" -> Reply.silence();
            default -> Reply.status(200);
        };
    }

    private void learnId(JsonObject exchange, ApiClient.Answer answer) {
        JsonObject captured = exchange.getJsonObject("response").getJsonObject("body");
        boolean isMade = answer.status() == 201 && captured.getValue("data") instanceof JsonObject;
        if (isMade) {
            ids.put(
                    captured.getJsonObject("data").getString("id"),
                    answer.json().getJsonObject("data").getString("id"));
        }
    }

    private JsonObject expected(String note, JsonObject captured, ApiClient.Answer answer) {
        if (TAKEN_HERE.contains(note)) {
            return response(201, answer.json());
        }
        return switch (note) {
            case "create: url with ftp scheme" -> {
                assertThat(answer.json().getJsonObject("error").getString("message"))
                        .isEqualTo("url must be a valid URL");
                yield response(400, answer.json());
            }
            case "trigger: connection refused", "trigger: 12 s receiver (10 s timeout)" ->
                triggered(500, answer.json().getJsonObject("data").getString("message"));
            case "trigger: 302" -> triggered(302, "redirects to /elsewhere, which is not followed");
            case "trigger missing" ->
                response(
                        404,
                        new JsonObject()
                                .putNull("data")
                                .put(
                                        "error",
                                        new JsonObject()
                                                .put("status", 404)
                                                .put("name", "NotFoundError")
                                                .put("message", "webhook.notFound")
                                                .put("details", new JsonObject())));
            default -> masked(ours(captured));
        };
    }

    private static JsonObject triggered(int status, String message) {
        assertThat(message).isNotBlank();
        JsonObject data = new JsonObject().put("statusCode", status).put("message", message);
        return response(200, new JsonObject().put("data", data));
    }

    private static JsonObject response(int status, JsonObject body) {
        return new JsonObject().put("status", status).put("body", body);
    }

    /** Header values are write-only here, and a content type is left out. */
    private static JsonObject masked(JsonObject response) {
        Object data = response.getJsonObject("body").getValue("data");
        JsonArray webhooks = data instanceof JsonArray array ? array : new JsonArray().add(data);
        for (Object webhook : webhooks) {
            if (webhook instanceof JsonObject object && object.containsKey("headers")) {
                JsonObject headers = object.getJsonObject("headers");
                headers.remove("content-type");
                Set.copyOf(headers.fieldNames()).forEach(name -> headers.put(name, Mask.TEXT));
            }
        }
        return response;
    }

    /** With our ids in the place of those that Strapi gave. */
    private JsonObject ours(JsonObject captured) {
        String text = captured.encode();
        for (Map.Entry<String, String> id : ids.entrySet()) {
            text = text.replace("\"id\":\"" + id.getKey() + "\"", "\"id\":\"" + id.getValue() + "\"")
                    .replace("/webhooks/" + id.getKey() + "\"", "/webhooks/" + id.getValue() + "\"")
                    .replace("/webhooks/" + id.getKey() + "/", "/webhooks/" + id.getValue() + "/");
        }
        JsonObject mapped = new JsonObject(text);
        mapIds(mapped.getJsonObject("body"), "ids");
        mapIds(mapped.getJsonObject("body"), "data");
        return mapped;
    }

    private void mapIds(JsonObject body, String name) {
        if (body != null && body.getValue(name) instanceof JsonArray list) {
            body.put(
                    name,
                    new JsonArray(list.stream()
                            .map(one -> one instanceof String id ? ids.getOrDefault(id, id) : one)
                            .toList()));
        }
    }

    private static JsonArray exchanges(String receiver, String gone) {
        String text = Resources.read("captures/strapi-v5.54.0-admin-api.json").toString();
        return new JsonArray(text.replace("http://127.0.0.1:13380", receiver).replace("http://127.0.0.1:13999", gone));
    }
}
