package dev.sluice.admin.delivery;

import static dev.sluice.testing.Attempts.AT;
import static dev.sluice.testing.Attempts.broken;
import static dev.sluice.testing.Attempts.delivered;
import static dev.sluice.testing.Attempts.ended;
import static dev.sluice.testing.Attempts.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.delivery.Fate;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.history.AttemptRecord;
import dev.sluice.delivery.history.Report;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.delivery.policy.Split;
import dev.sluice.testing.ApiKeys;
import dev.sluice.testing.Attempts;
import dev.sluice.testing.Webhooks;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptRoutesTest {
    private final Api api = new Api();

    @BeforeEach
    void happen() {
        api.registry.save(Webhooks.webhook("wh_1"));
        log(
                "default",
                delivered("wh_1", 1),
                failed("wh_1", 2, 503),
                broken("wh_1", 3, Answer.Kind.TIMEOUT),
                ended("wh_1", 4, Fate.COALESCED),
                failed("wh_1", 5, 404));
        log("acme", failed("wh_9", 1, 500));
    }

    @AfterEach
    void close() {
        api.close();
    }

    private void log(String tenant, AttemptRecord... attempts) {
        AttemptRecord last = attempts[attempts.length - 1];
        Report.CircuitNews circuit = new Report.CircuitNews(Circuit.State.HALF_OPEN, "probing");
        LaneKey lane = new LaneKey(last.webhookId(), tenant);
        api.attempts.append(List.of(new Report(lane, List.of(attempts), false, true, last, circuit)));
    }

    private List<Integer> numbers(String query) {
        ApiClient.Answer answer = api.get("/v1/webhooks/wh_1/attempts" + query);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return numbers(answer);
    }

    private static List<Integer> numbers(ApiClient.Answer page) {
        return page.json().getJsonArray("attempts").stream()
                .map(one -> ((JsonObject) one).getString("event"))
                .map(event -> Integer.parseInt(event.substring("evt_".length())))
                .toList();
    }

    @Test
    void showsTheNewestFirstAndEachWhole() {
        assertThat(numbers("")).containsExactly(5, 4, 3, 2, 1);
        JsonObject failed = api.get("/v1/webhooks/wh_1/attempts?event=evt_00000002")
                .json()
                .getJsonArray("attempts")
                .getJsonObject(0);
        assertThat(failed)
                .isEqualTo(new JsonObject()
                        .put("webhook", "wh_1")
                        .put("delivery", "dlv_00000002_1")
                        .put("event", "evt_00000002")
                        .put("type", "entry.update")
                        .put("number", 1)
                        .put("at", AT.plusSeconds(2).toString())
                        .put("fate", "retrying")
                        .put("durationMs", 30)
                        .put("status", 503)
                        .put("retryAfter", "30")
                        .put("body", "no room")
                        .put("nextAt", AT.plusSeconds(30).toString()));
    }

    @Test
    void showsWhereTheTimeWentAndInWhichPartItFailed() {
        Split split = new Split(Split.NONE, 3, 12, Split.NONE, Split.NONE);
        Answer answer = new Answer.Failure(Answer.Kind.TLS, "no", Duration.ofMillis(15), null, split);
        log("default", Attempts.sentAgain("wh_1", 6, answer));
        JsonObject failed = api.get("/v1/webhooks/wh_1/attempts?event=evt_00000006")
                .json()
                .getJsonArray("attempts")
                .getJsonObject(0);
        assertThat(failed.getJsonObject("timing"))
                .isEqualTo(new JsonObject().put("connectMs", 3).put("tlsMs", 12).put("failedIn", "tls"));
    }

    @Test
    void goesOnPageByPage() {
        ApiClient.Answer first = api.get("/v1/webhooks/wh_1/attempts?limit=2");
        assertThat(numbers(first)).containsExactly(5, 4);
        String cursor = first.json().getString("cursor");
        assertThat(numbers("?limit=3&cursor=" + cursor)).containsExactly(3, 2, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "?status=delivered, 1",
        "?status=failed, '5,3,2'",
        "?status=503, 2",
        "?status=5xx, 2",
        "?status=4xx, 5",
        "?status=timeout, 3",
        "?status=dns, ''",
        "?event=evt_00000003, 3",
        "?event=unknown, ''",
        "?since=2026-03-01T12:00:02.250Z&until=2026-03-01T12:00:05.250Z, '3,2'",
    })
    void showsWhatIsAskedFor(String query, String events) {
        List<Integer> wanted = events.isEmpty()
                ? List.of()
                : List.of(events.split(",", -1)).stream().map(Integer::valueOf).toList();
        assertThat(numbers(query)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=600",
                "status=bad",
                "status=TIMEOUT",
                "since=yesterday",
                "until=1",
                "cursor=garbage",
                "limit=0",
                "status=failed&status=failed"
            })
    void refusesWhatItDoesNotUnderstand(String query) {
        ApiClient.Answer answer = api.get("/v1/webhooks/wh_1/attempts?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-query");
        assertThat(answer.detail()).startsWith(query.substring(0, query.indexOf('=')));
    }

    @Test
    void keepsTheHistoryOfADeletedWebhook() {
        api.registry.delete("default", "wh_1");
        assertThat(numbers("")).hasSize(5);
    }

    @Test
    void knowsNoUnknownWebhookAndNoneOfOtherTenants() {
        assertThat(api.get("/v1/webhooks/wh_0/attempts").problem()).isEqualTo("no-such-webhook");
        assertThat(api.get("/v1/webhooks/wh_9/attempts").status()).isEqualTo(404);
        assertThat(api.get("/v1/webhooks/wh_9/attempts?tenant=acme").status()).isEqualTo(200);
        api.as(ApiKeys.bound("bound", Role.READ, "acme", null));
        assertThat(api.get("/v1/webhooks/wh_9/attempts").status()).isEqualTo(200);
        assertThat(api.get("/v1/webhooks/wh_1/attempts").status()).isEqualTo(404);
        assertThat(api.get("/v1/webhooks/wh_1/attempts?tenant=default").status())
                .isEqualTo(403);
    }

    @Test
    void asksForTheRightRole() {
        assertThat(api.as(Role.PUBLISH).get("/v1/webhooks/wh_1/attempts").status())
                .isEqualTo(403);
    }

    @Test
    void aWebhookTellsItsState() {
        JsonObject state = api.get("/v1/webhooks/wh_1").json().getJsonObject("state");
        assertThat(state)
                .isEqualTo(new JsonObject()
                        .put("circuit", "half-open")
                        .put("circuitSince", Api.NOW.toString())
                        .put("circuitReason", "probing")
                        .put("failingSince", Api.NOW.toString())
                        .put(
                                "lastAttempt",
                                new JsonObject()
                                        .put("at", AT.plusSeconds(5).toString())
                                        .put("status", 404))
                        .put("parked", 3)
                        .put("deadLetters", 1));
        assertThat(api.get("/v1/webhooks")
                        .json()
                        .getJsonArray("webhooks")
                        .getJsonObject(0)
                        .getJsonObject("state"))
                .isEqualTo(state);
    }

    @Test
    void aNewWebhookHasAClosedCircuitAndNothingElseToTell() {
        api.registry.save(Webhooks.webhook("wh_2"));
        assertThat(api.get("/v1/webhooks/wh_2").json().getJsonObject("state"))
                .isEqualTo(new JsonObject()
                        .put("circuit", "closed")
                        .put("parked", 3)
                        .put("deadLetters", 1));
    }
}
