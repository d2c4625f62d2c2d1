package dev.sluice.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.InMemoryRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestRouterTest {
    private Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void namesThePathThatDoesNotExist() {
        ApiClient.Answer answer = api.get("/v1/nothing");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("not-found");
        assertThat(answer.detail()).contains("/v1/nothing");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,    /v1/webhooks,             'GET, HEAD, POST'",
        "POST,   /v1/webhooks/wh_1,        'DELETE, GET, HEAD, PATCH, PUT'",
        "DELETE, /v1/webhooks/wh_1/secret, 'GET, HEAD'",
        "GET,    /v1/keys/key_1,           DELETE",
        "GET,    /v1/events,               POST",
        "GET,    /v1/sources/cms/events,   POST",
        "POST,   /openapi.yaml,            'GET, HEAD'",
    })
    void namesTheMethodsOfAPath(String method, String path, String allowed) {
        ApiClient.Answer answer = api.send(method, path, null);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.problem()).isEqualTo("method-not-allowed");
        assertThat(answer.header("Allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /v1/webhooks?tenat=acme              | tenat: unknown parameter (expected: cursor, enabled, limit, tenant; nearest: tenant)",
                "GET    | /v1/deliveries?webhookid=wh_1        | webhookid: unknown parameter (expected: cursor, event, limit, since, state, tenant, until, webhook; nearest: webhook)",
                "DELETE | /v1/webhooks/wh_1?force              | force: unknown parameter (expected: tenant)",
                "POST   | /v1/webhooks/import?dry=true         | dry: unknown parameter",
                "DELETE | /v1/keys/key_1?x=1                   | x: unknown parameter (expected: no query here)",
                "GET    | /admin/webhooks?sorce=blog           | sorce: unknown parameter (expected: source, tenant; nearest: source)",
                "GET    | /openapi.yaml?x=1                    | x: unknown parameter",
            })
    void refusesAParameterThatNobodyKnowsAndSaysWhichWasMeant(String method, String path, String says) {
        ApiClient.Answer answer = api.send(method, path, null);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.response().body()).contains(says);
    }

    @Test
    void saysWhereTheJsonBreaks() {
        ApiClient.Answer answer =
                api.send("POST", "/v1/webhooks", "{\"url\": nope}", "Content-Type", "application/json");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-json");
        assertThat(answer.detail()).contains("byte ", "line 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"text\"", "null", "{} {}", "{/* comment */}", "{\"url\":"})
    void refusesABodyThatIsNoJsonObject(String body) {
        ApiClient.Answer answer =
                api.send("POST", "/v1/webhooks", body, "Content-Type", "application/json; charset=utf-8");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void refusesABodyOfAnotherType(String type) {
        ApiClient.Answer answer = api.send("POST", "/v1/webhooks", "{}", "Content-Type", type);
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.detail()).contains(type, "expected: application/json");
    }

    @Test
    void takesABodyAsLongAsTheLimitAndNoLonger() {
        String open = "{\"url\":\"https://receiver.example/\",\"name\":\"";
        String fits = open + " ".repeat(Api.MAX_BODY - open.length() - 2) + "\"}";
        assertThat(api.send("POST", "/v1/webhooks", fits, "Content-Type", "application/json")
                        .problem())
                .isEqualTo("invalid-webhook");
        ApiClient.Answer answer = api.send("POST", "/v1/webhooks", fits + " ", "Content-Type", "application/json");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.problem()).isEqualTo("too-large");
    }

    @Test
    void refusesWithoutAKeyBeforeItAsksForTheBody() throws IOException {
        api.as(Role.ADMIN).asNobody();
        assertThat(postHoldingBack()).startsWith("HTTP/1.1 401");
    }

    @Test
    void asksForTheBodyThatAClientHoldsBack() throws IOException {
        assertThat(postHoldingBack()).startsWith("HTTP/1.1 100");
    }

    @Test
    void refusesAnotherHostWhileThereIsNoKey() throws IOException {
        assertThat(raw("GET /v1/webhooks HTTP/1.1", "Host: rebound.example")).startsWith("HTTP/1.1 421");
    }

    @Test
    void challengesWhoeverHasNoKey() {
        ApiClient.Answer answer = api.as(Role.ADMIN).asNobody().get("/v1/webhooks");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void keepsWhatNobodyExpectedToItself() {
        ApiClient.Answer answer = api.post("/v1/broken", new JsonObject());
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.problem()).isEqualTo("internal");
        assertThat(answer.response().body()).doesNotContain("secret", "IllegalState", "at dev.");
    }

    @Test
    void asksToComeAgainWhileRedisIsAway() {
        api.close();
        api = new Api(away());
        for (ApiClient.Answer answer : List.of(
                api.get("/v1/webhooks"),
                api.get("/v1/webhooks/wh_1"),
                api.post("/v1/webhooks", new JsonObject().put("url", "https://receiver.example/")))) {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.problem()).isEqualTo("unavailable");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        }
    }

    @Test
    void keepsItsAnswersOutOfCachesFramesAndOtherSites() {
        for (String path : List.of("/v1/webhooks", "/v1/nothing", "/openapi.yaml")) {
            ApiClient.Answer answer = api.get(path);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
        }
    }

    @Test
    void answersHeadWithoutABody() {
        int length = Resources.read("openapi.yaml").length();
        for (ApiClient.Answer answer :
                List.of(api.send("HEAD", "/openapi.yaml", null), api.sendOverHttp1("HEAD", "/openapi.yaml"))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.response().body()).isEmpty();
            assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(length));
        }
        assertThat(api.sendOverHttp1("GET", "/openapi.yaml").status()).isEqualTo(200);
    }

    @Test
    void showsTheContractWithoutAKey() {
        api.as(Role.ADMIN).asNobody();
        ApiClient.Answer contract = api.get("/openapi.yaml");
        assertThat(contract.header("Content-Type")).isEqualTo("application/yaml");
        assertThat(contract.response().body()).startsWith("openapi: 3.1");
    }

    private String postHoldingBack() throws IOException {
        return raw(
                "POST /v1/webhooks HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Content-Length: 10",
                "Expect: 100-continue");
    }

    /** The first bytes of the answer to these lines. */
    private String raw(String... head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(20_000);
            String request = String.join("\r\n", head) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    /** Every future fails as it does while Redis is away. */
    private static Registry away() {
        return (Registry) Proxy.newProxyInstance(
                InMemoryRegistry.class.getClassLoader(),
                new Class<?>[] {Registry.class},
                (proxy, method, arguments) -> Future.<Webhook>failedFuture(new RedisUnavailable("gone")));
    }
}
