package dev.sluice.admin.replay;

import static dev.sluice.testing.Webhooks.ofTenant;
import static dev.sluice.testing.Webhooks.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.replay.Replay;
import dev.sluice.replay.Replay.State;
import dev.sluice.replay.Replay.Tally;
import dev.sluice.replay.Replays;
import dev.sluice.testing.ApiKeys;
import dev.sluice.testing.InMemoryRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayRoutesTest {
    private static final String START = "/v1/webhooks/wh_1/replay";
    private static final String ALL = "/v1/webhooks/wh_1/replays";
    private static final Instant SINCE = Api.NOW.minus(Duration.ofMinutes(30));

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Api api = new Api(registry);

    @BeforeEach
    void save() {
        registry.save(webhook("wh_1", "**"));
    }

    @AfterEach
    void close() {
        api.close();
    }

    private static JsonObject since(Instant since) {
        return new JsonObject().put("since", since.toString());
    }

    private ApiClient.Answer start() {
        return api.post(START, since(SINCE));
    }

    private String started() {
        ApiClient.Answer answer = start();
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        return ALL + "/" + answer.json().getString("id");
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    @Test
    void startsAReplayAndTellsWhereItIs() {
        JsonObject body = since(SINCE)
                .put("until", SINCE.plusSeconds(60).toString())
                .put("eventTypes", JsonArray.of("entry.*"))
                .put("only", "failed");
        ApiClient.Answer answer = api.post(START, body);
        assertThat(answer.status()).isEqualTo(202);
        String id = answer.json().getString("id");
        assertThat(answer.header("Location")).isEqualTo(ALL + "/" + id);
        JsonObject expected = body.copy()
                .put("id", id)
                .put("webhook", "wh_1")
                .put("state", "running")
                .put("progress", 0.0)
                .put("read", 0)
                .put("matched", 0)
                .put("queued", 0)
                .put("startedAt", Api.NOW.toString())
                .putNull("endedAt")
                .put("detail", "");
        assertThat(api.get(ALL + "/" + id).json()).isEqualTo(expected);
        assertThat(answer.json()).isEqualTo(expected.put("oldestRetained", api.oldestRetained.toString()));
    }

    @Test
    void endsNowWhereNoEndOrALaterOneIsWanted() {
        JsonObject open = start().json();
        assertThat(open.getString("until")).isEqualTo(Api.NOW.toString());
        assertThat(open.getString("only")).isEqualTo("all");
        registry.save(webhook("wh_2", "**"));
        JsonObject later = since(SINCE).put("until", Api.NOW.plusSeconds(60).toString());
        assertThat(api.post("/v1/webhooks/wh_2/replay", later).json().getString("until"))
                .isEqualTo(Api.NOW.toString());
    }

    @Test
    void takesATimeLongAgoAndSaysWhatIsRetained() {
        ApiClient.Answer answer = api.post(START, since(Instant.parse("0001-01-01T00:00:00Z")));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().getString("oldestRetained")).isEqualTo(api.oldestRetained.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /since",
                "{'since':null} | /since",
                "{'since':7} | /since",
                "{'since':'yesterday'} | /since",
                "{'since':'+999999999-01-01T00:00:00Z'} | /since",
                "{'since':'-999999999-01-01T00:00:00Z'} | /since",
                "{'since':'2999-01-01T00:00:00Z'} | /since",
                "{'since':'2020-01-01T00:00:00Z','until':'2020-01-01T00:00:00Z'} | /until",
                "{'since':'2020-01-01T00:00:00Z','until':'2019-01-01T00:00:00Z'} | /until",
                "{'since':'2020-01-01T00:00:00Z','until':'soon'} | /until",
                "{'since':'2020-01-01T00:00:00Z','eventTypes':'a'} | /eventTypes",
                "{'since':'2020-01-01T00:00:00Z','eventTypes':['a','entry*']} | /eventTypes/1",
                "{'since':'2020-01-01T00:00:00Z','only':'dead'} | /only",
                "{'since':'2020-01-01T00:00:00Z','only':['all']} | /only",
                "{'since':'2020-01-01T00:00:00Z','from':1} | /from",
            })
    void refusesWhatIsNoReplay(String body, String pointer) {
        ApiClient.Answer answer = api.post(START, json(body));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-replay");
        assertThat(answer.pointer()).isEqualTo(pointer);
        assertThat(api.get(ALL).json().getJsonArray("replays")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{'since':"})
    void refusesWhatIsNoObject(String body) {
        ApiClient.Answer answer = api.send("POST", START, body.replace('\'', '"'), "Content-Type", "application/json");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-json");
    }

    @Test
    void refusesATimeOfWhichNothingIsRetained() {
        Instant before = api.oldestRetained.minusSeconds(60);
        JsonObject body = since(before).put("until", api.oldestRetained.toString());
        ApiClient.Answer answer = api.post(START, body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("nothing-retained");
        assertThat(answer.detail()).contains(api.oldestRetained.toString());
        api.oldestRetained = null;
        assertThat(start().problem()).isEqualTo("nothing-retained");
        assertThat(api.get(ALL).json().getJsonArray("replays")).isEmpty();
    }

    @Test
    void refusesASecondOneWhileOneRuns() {
        String running = started();
        ApiClient.Answer second = start();
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.problem()).isEqualTo("replay-running");
        assertThat(second.detail()).contains(running.substring(ALL.length() + 1));
        api.delete(running);
        assertThat(start().status()).isEqualTo(202);
    }

    @Test
    void listsReplaysNewestFirst() {
        String first = started();
        api.delete(first);
        String second = started();
        assertThat(api.get(ALL).json().getJsonArray("replays").stream()
                        .map(one -> ALL + "/" + ((JsonObject) one).getString("id")))
                .containsExactly(second, first);
    }

    @Test
    void cancelsWhatRunsAndSaysWho() {
        String running = started();
        assertThat(api.as(Role.MANAGE).delete(running).status()).isEqualTo(204);
        JsonObject cancelled = api.get(running).json();
        assertThat(cancelled.getString("state")).isEqualTo("cancelled");
        assertThat(cancelled.getString("detail")).startsWith("cancelled by ");
        assertThat(cancelled.getString("endedAt")).isEqualTo(Api.NOW.toString());
        assertThat(api.delete(running).status()).isEqualTo(204);
    }

    @Test
    void cannotCancelWhatHasEnded() {
        String running = started();
        Replays.Turn turn = api.replays.take(Duration.ofHours(1)).result().orElseThrow();
        api.replays.end(turn, State.DONE, new Tally(1, 9, 8, 7), "");
        ApiClient.Answer answer = api.delete(running);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("replay-ended");
        JsonObject ended = api.get(running).json();
        assertThat(ended.getString("state")).isEqualTo("done");
        assertThat(List.of(ended.getInteger("read"), ended.getInteger("matched"), ended.getInteger("queued")))
                .containsExactly(9, 8, 7);
    }

    @Test
    void knowsNeitherWebhooksNorReplaysOfOthers() {
        registry.save(ofTenant(webhook("wh_2", "**"), "acme"));
        String mine = started();
        String id = mine.substring(ALL.length() + 1);
        assertThat(api.post("/v1/webhooks/wh_2/replay", since(SINCE)).problem()).isEqualTo("no-such-webhook");
        assertThat(api.get("/v1/webhooks/wh_2/replays").problem()).isEqualTo("no-such-webhook");
        assertThat(api.get("/v1/webhooks/wh_2/replays/" + id + "?tenant=acme").problem())
                .isEqualTo("no-such-replay");
        assertThat(api.delete("/v1/webhooks/wh_2/replays/" + id + "?tenant=acme")
                        .status())
                .isEqualTo(404);
        assertThat(api.get(ALL + "/" + Replay.PREFIX + "none").status()).isEqualTo(404);
        api.as(ApiKeys.bound("theirs", Role.MANAGE, "acme", null));
        assertThat(api.get(mine).status()).isEqualTo(404);
        assertThat(api.delete(mine).status()).isEqualTo(404);
        assertThat(api.post(START, since(SINCE)).status()).isEqualTo(404);
    }

    @Test
    void startingAndCancellingIsForManagersAndLookingForReaders() {
        String running = started();
        api.as(Role.READ);
        assertThat(api.get(ALL).status()).isEqualTo(200);
        assertThat(api.get(running).status()).isEqualTo(200);
        assertThat(start().status()).isEqualTo(403);
        assertThat(api.delete(running).status()).isEqualTo(403);
        assertThat(api.as(Role.PUBLISH).get(ALL).status()).isEqualTo(403);
        assertThat(api.asNobody().get(ALL).status()).isEqualTo(401);
    }
}
