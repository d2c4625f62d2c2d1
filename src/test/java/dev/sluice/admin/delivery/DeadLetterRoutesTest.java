package dev.sluice.admin.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.admin.InMemoryDeadLetters;
import dev.sluice.delivery.DeadLetters.Filter;
import dev.sluice.testing.ApiKeys;
import dev.sluice.testing.InMemoryRegistry;
import dev.sluice.testing.Webhooks;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterRoutesTest {
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Api api = new Api(registry);

    @BeforeEach
    void die() {
        registry.save(Webhooks.webhook("wh_1"));
        api.letters.add("d1", "wh_1", "default");
        api.letters.add("d2", "wh_1", "default");
        api.letters.add("d3", "wh_2", "default");
        api.letters.add("d4", "wh_9", "acme");
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void listsThoseOfAWebhookPageByPage() {
        ApiClient.Answer first = api.get("/v1/dead-letters?webhook=wh_1&limit=1");
        assertThat(ids(first)).containsExactly("d1");
        ApiClient.Answer second = api.get(
                "/v1/dead-letters?webhook=wh_1&limit=1&cursor=" + first.json().getString("cursor"));
        assertThat(ids(second)).containsExactly("d2");
        assertThat(second.json().getString("cursor")).isNull();
    }

    @Test
    void listsThoseOfEveryWebhookOfTheTenant() {
        assertThat(ids(api.get("/v1/dead-letters"))).containsExactly("d1", "d2", "d3");
        assertThat(ids(api.get("/v1/dead-letters?tenant=acme"))).containsExactly("d4");
    }

    @Test
    void refusesACursorThatIsNotOurs() {
        ApiClient.Answer answer = api.get("/v1/dead-letters?cursor=garbage");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-query");
    }

    @Test
    void knowsNoLettersOfAWebhookThatNeverWas() {
        assertThat(api.get("/v1/dead-letters?webhook=wh_nope").problem()).isEqualTo("no-such-webhook");
        assertThat(api.post("/v1/dead-letters/purge", new JsonObject().put("webhook", "wh_nope"))
                        .problem())
                .isEqualTo("no-such-webhook");
    }

    @Test
    void showsOneWithTheHistoryOfItsAttempts() {
        JsonObject letter = api.get("/v1/dead-letters/d1").json();
        assertThat(letter.getString("webhook")).isEqualTo("wh_1");
        assertThat(letter.getString("event")).isEqualTo("evt_1");
        assertThat(letter.getString("diedAt")).isEqualTo("2026-11-21T09:14:04.817Z");
        assertThat(letter.getJsonArray("history")).isEqualTo(new JsonArray("[" + InMemoryDeadLetters.HISTORY + "]"));
        assertThat(api.get("/v1/dead-letters")
                        .json()
                        .getJsonArray("deadLetters")
                        .getJsonObject(0))
                .doesNotContain(Map.entry("history", letter.getJsonArray("history")));
    }

    @Test
    void retriesOne() {
        ApiClient.Answer answer = api.send("POST", "/v1/dead-letters/d1/retry", null);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().getString("id")).isEqualTo("d1");
        assertThat(api.letters.retried).containsExactly("d1");
        assertThat(api.send("POST", "/v1/dead-letters/d1/retry", null).problem())
                .isEqualTo("no-such-dead-letter");
    }

    @Test
    void purgesOne() {
        assertThat(api.delete("/v1/dead-letters/d1").status()).isEqualTo(204);
        assertThat(api.delete("/v1/dead-letters/d1").status()).isEqualTo(404);
        assertThat(api.letters.retried).isEmpty();
    }

    @Test
    void retriesByFilter() {
        JsonObject filter = new JsonObject()
                .put("webhook", "wh_1")
                .put("since", "2026-11-20T00:00:00+01:00")
                .put("until", "2026-11-22T00:00:00Z")
                .put("eventTypes", new JsonArray().add("entry.*"));
        ApiClient.Answer answer = api.post("/v1/dead-letters/retry", filter);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getInteger("count")).isEqualTo(2);
        assertThat(api.letters.retried).containsExactly("d1", "d2");
        assertThat(api.letters.lastFilter)
                .isEqualTo(new Filter(
                        "default",
                        "wh_1",
                        Instant.parse("2026-11-19T23:00:00Z"),
                        Instant.parse("2026-11-22T00:00:00Z"),
                        List.of("entry.*")));
    }

    @Test
    void retriesNoneOfADeletedWebhookButPurgesThem() {
        assertThat(api.send("POST", "/v1/dead-letters/d3/retry", null).problem())
                .isEqualTo("webhook-deleted");
        ApiClient.Answer answer = api.post("/v1/dead-letters/retry", new JsonObject().put("webhook", "wh_2"));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(api.letters.retried).isEmpty();
        assertThat(api.delete("/v1/dead-letters/d3").status()).isEqualTo(204);
    }

    @Test
    void purgesByFilter() {
        ApiClient.Answer answer = api.post("/v1/dead-letters/purge", new JsonObject().put("webhook", "wh_2"));
        assertThat(answer.json().getInteger("count")).isEqualTo(1);
        assertThat(api.letters.retried).isEmpty();
        assertThat(api.letters.letters).containsOnlyKeys("d1", "d2", "d4");
    }

    @ParameterizedTest
    @CsvSource({
        "'{}', /webhook",
        "'{\"webhook\":7}', /webhook",
        "'{\"webhook\":\" \"}', /webhook",
        "'{\"webhook\":\"w\",\"since\":\"yesterday\"}', /since",
        "'{\"webhook\":\"w\",\"until\":5}', /until",
        "'{\"webhook\":\"w\",\"eventTypes\":\"entry\"}', /eventTypes",
        "'{\"webhook\":\"w\",\"eventTypes\":[\"ok\",\"entry*\"]}', /eventTypes/1",
        "'{\"webhook\":\"w\",\"webhok/~\":1}', /webhok~1~0",
    })
    void refusesAWrongFilterAndDoesNothing(String body, String pointer) {
        for (String action : List.of("retry", "purge")) {
            ApiClient.Answer answer = api.post("/v1/dead-letters/" + action, new JsonObject(body));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("invalid-filter");
            assertThat(answer.pointer()).isEqualTo(pointer);
        }
        assertThat(api.letters.letters).hasSize(4);
    }

    @Test
    void hidesTheLettersOfOtherTenantsFromABoundKey() {
        api.as(ApiKeys.bound("bound", Role.MANAGE, "acme", null));
        assertThat(ids(api.get("/v1/dead-letters"))).containsExactly("d4");
        assertThat(api.get("/v1/dead-letters?tenant=default").status()).isEqualTo(403);
        assertThat(api.get("/v1/dead-letters/d1").status()).isEqualTo(404);
        assertThat(api.delete("/v1/dead-letters/d1").status()).isEqualTo(404);
        assertThat(api.send("POST", "/v1/dead-letters/d1/retry", null).status()).isEqualTo(404);
        JsonObject filter = new JsonObject().put("webhook", "wh_1");
        assertThat(api.post("/v1/dead-letters/purge", filter).status()).isEqualTo(404);
        assertThat(api.letters.letters).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "READ,    GET,    '',        200",
        "READ,    GET,    /d1,       200",
        "READ,    DELETE, /d1,       403",
        "READ,    POST,   /d1/retry, 403",
        "READ,    POST,   /retry,    403",
        "READ,    POST,   /purge,    403",
        "PUBLISH, GET,    '',        403",
        "MANAGE,  DELETE, /d1,       204",
    })
    void asksForTheRightRole(Role role, String method, String path, int status) {
        assertThat(api.as(role).send(method, "/v1/dead-letters" + path, null).status())
                .isEqualTo(status);
    }

    private static List<String> ids(ApiClient.Answer page) {
        return page.json().getJsonArray("deadLetters").stream()
                .map(one -> ((JsonObject) one).getString("id"))
                .toList();
    }
}
