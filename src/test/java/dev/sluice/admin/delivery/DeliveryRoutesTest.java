package dev.sluice.admin.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.admin.InMemoryDeliveries;
import dev.sluice.delivery.Fate;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.history.DeliveryState;
import dev.sluice.delivery.history.Report;
import dev.sluice.testing.ApiKeys;
import dev.sluice.testing.Attempts;
import dev.sluice.testing.Webhooks;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryRoutesTest {
    private static final LaneKey LANE = new LaneKey("wh_1", "default");

    private final Api api = new Api();

    @BeforeEach
    void happen() {
        IntStream.rangeClosed(1, 4).forEach(i -> api.registry.save(Webhooks.webhook("wh_" + i, "**")));
        api.registry.save(Webhooks.ofTenant(Webhooks.webhook("wh_9", "**"), "acme"));
    }

    @AfterEach
    void close() {
        api.close();
    }

    private List<String> ids(String query) {
        return ids(api.get("/v1/deliveries" + query));
    }

    private static List<String> ids(ApiClient.Answer page) {
        assertThat(page.status()).as(page.response().body()).isEqualTo(200);
        return page.json().getJsonArray("deliveries").stream()
                .map(one -> ((JsonObject) one).getString("id"))
                .toList();
    }

    private ApiClient.Answer retry(String id) {
        return api.send("POST", "/v1/deliveries/" + id + "/retry", null);
    }

    @Test
    void listsThoseOfAWebhookPageByPage() {
        String one = api.deliveries.add("evt_1", LANE, DeliveryState.WAITING);
        String two = api.deliveries.add("evt_2", LANE, DeliveryState.DEAD);
        ApiClient.Answer first = api.get("/v1/deliveries?webhook=wh_1&limit=1");
        assertThat(ids(first)).containsExactly(one);
        assertThat(first.json().getJsonArray("deliveries").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("id", "dlv_1_1")
                        .put("webhook", "wh_1")
                        .put("tenant", "default")
                        .put("event", "evt_1")
                        .put("type", "entry.publish")
                        .put("state", "waiting")
                        .put("attempts", 1)
                        .put("dueAt", "2026-11-21T11:00:00Z"));
        assertThat(ids("?webhook=wh_1&limit=1&cursor=" + first.json().getString("cursor")))
                .containsExactly(two);
    }

    @ParameterizedTest
    @CsvSource({
        "waiting, WAITING, false",
        "dead, DEAD, false",
        "delivered, DELIVERED, false",
        "coalesced, COALESCED, false",
        "cancelled, CANCELLED, false",
        "failed, WAITING:DEAD, true",
    })
    void asksForAState(String state, String states, boolean tried) {
        ids("?webhook=wh_1&since=2026-11-20T00:00:00Z&state=" + state);
        Set<DeliveryState> asked = api.deliveries.lastQuery.states();
        assertThat(asked).extracting(Enum::name).containsExactlyInAnyOrder(states.split(":", -1));
        assertThat(api.deliveries.lastQuery.tried()).isEqualTo(tried);
        assertThat(api.deliveries.lastQuery.lane()).isEqualTo(LANE);
        assertThat(api.deliveries.lastQuery.since()).isEqualTo("2026-11-20T00:00:00Z");
    }

    @Test
    void knowsNoDeliveriesOfAWebhookThatNeverWas() {
        ApiClient.Answer answer = api.get("/v1/deliveries?webhook=wh_nope");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("no-such-webhook");
        assertThat(answer.detail()).contains("wh_nope");
        assertThat(ids("?webhook=wh_2")).isEmpty();
    }

    @Test
    void findsTheOneOfAnEventAndAWebhook() {
        String id = api.deliveries.add("evt_1", LANE, DeliveryState.WAITING);
        assertThat(ids("?webhook=wh_1&event=evt_1")).containsExactly(id);
        assertThat(ids("?webhook=wh_1&event=evt_1&state=dead")).isEmpty();
        assertThat(ids("?webhook=wh_1&event=evt_1&until=2026-11-21T11:00:00Z")).isEmpty();
        assertThat(ids("?webhook=wh_1&event=evt_2")).isEmpty();
        assertThat(api.get("/v1/deliveries?webhook=wh_1&event=evt_1&tenant=acme")
                        .problem())
                .isEqualTo("no-such-webhook");
    }

    @Test
    void findsThoseOfAnEventWebhookByWebhook() {
        String one = api.deliveries.add("evt_1", LANE, DeliveryState.DELIVERED);
        String three = api.deliveries.add("evt_1", new LaneKey("wh_3", "default"), DeliveryState.DEAD);
        ApiClient.Answer first = api.get("/v1/deliveries?event=evt_1&limit=2");
        assertThat(ids(first)).containsExactly(one);
        String cursor = first.json().getString("cursor");
        ApiClient.Answer second = api.get("/v1/deliveries?event=evt_1&limit=2&cursor=" + cursor);
        assertThat(ids(second)).containsExactly(three);
        assertThat(second.json().getString("cursor")).isNull();
        assertThat(ids("?event=evt_1&state=delivered")).containsExactly(one);
        assertThat(ids("?event=evt_1&tenant=acme")).isEmpty();
    }

    @Test
    void showsTheOnesThatAreOnTheirWay() {
        api.events.add("evt_1", "default", null, "{}", true);
        assertThat(ids("?event=evt_1")).hasSize(4);
        assertThat(ids("?webhook=wh_1&event=evt_1")).isEmpty();
        JsonObject delivery = api.get("/v1/deliveries/dlv_1_2").json();
        assertThat(delivery.getString("state")).isEqualTo("pending");
        assertThat(delivery.getInteger("attempts")).isZero();
        assertThat(api.get("/v1/deliveries/dlv_1_9").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webhook=",
                "state=waiting",
                "state=lost&webhook=wh_1",
                "since=now&webhook=wh_1",
                "cursor=garbage&webhook=wh_1",
                "cursor=*&event=evt_1",
                "event=17",
                "limit=no&webhook=wh_1"
            })
    void refusesWhatItDoesNotUnderstand(String query) {
        ApiClient.Answer answer = api.get("/v1/deliveries?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-query");
    }

    @Test
    void showsOneWithTheAttemptsOfTheLogAndItsOwnEachOnce() {
        String id = api.deliveries.add("evt_00000001", LANE, DeliveryState.WAITING);
        api.attempts.append(List.of(new Report(
                LANE,
                List.of(
                        Attempts.delivered("wh_1", 1),
                        Attempts.ended("wh_1", 1, Fate.COALESCED),
                        Attempts.delivered("wh_1", 2)),
                true,
                false,
                null,
                null)));
        JsonObject delivery = api.get("/v1/deliveries/" + id).json();
        assertThat(delivery.getString("state")).isEqualTo("waiting");
        assertThat(delivery.getJsonArray("history").stream().map(one -> ((JsonObject) one).getInteger("status")))
                .containsExactly(null, 204, 500);
    }

    @Test
    void knowsNoUnknownOne() {
        assertThat(api.get("/v1/deliveries/dlv_1_1").problem()).isEqualTo("no-such-delivery");
        assertThat(api.get("/v1/deliveries/nonsense").status()).isEqualTo(404);
        assertThat(retry("nonsense").problem()).isEqualTo("no-such-delivery");
        assertThat(retry("dlv_1_1").status()).isEqualTo(404);
    }

    @Test
    void makesAWaitingOneDue() {
        String id = api.deliveries.add("evt_1", LANE, DeliveryState.WAITING);
        ApiClient.Answer answer = retry(id);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json())
                .isEqualTo(new JsonObject().put("id", id).put("dueAt", InMemoryDeliveries.HURRIED.toString()));
        assertThat(api.deliveries.hurried).containsExactly(id);
    }

    @Test
    void hurriesNothingThatWaitsBehindAnother() {
        String id = api.deliveries.add("evt_1", LANE, DeliveryState.WAITING);
        api.deliveries.busy = true;
        assertThat(retry(id).status()).isEqualTo(409);
        assertThat(retry(id).problem()).isEqualTo("under-way");
    }

    @Test
    void revivesADeadOne() {
        String id = api.deliveries.add("evt_1", LANE, DeliveryState.DEAD);
        assertThat(retry(id).status()).isEqualTo(409);
        api.letters.add(id, "wh_1", "default");
        assertThat(retry(id).status()).isEqualTo(202);
        assertThat(api.letters.retried).contains(id);
    }

    @ParameterizedTest
    @EnumSource(
            value = DeliveryState.class,
            names = {"DELIVERED", "COALESCED", "CANCELLED", "GONE"})
    void sendsAnEndedOneAgainWhileItsEventIsRetained(DeliveryState state) {
        String id = api.deliveries.add("evt_1", LANE, state);
        ApiClient.Answer gone = retry(id);
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.problem()).isEqualTo("event-gone");
        api.events.add("evt_1", "default", null, "{}", false);
        assertThat(retry(id).status()).isEqualTo(202);
        assertThat(api.deliveries.sent).containsExactly("evt_1 to wh_1");
    }

    @Test
    void sendsOneOfWhichNothingIsNotedIfItsWebhookWantsIt() {
        api.events.add("evt_1", "default", null, "{}", false);
        assertThat(retry("dlv_1_1").status()).isEqualTo(202);
        assertThat(retry("dlv_1_7").status()).isEqualTo(404);
        assertThat(retry("dlv_1_9").status()).isEqualTo(404);
        assertThat(api.deliveries.sent).containsExactly("evt_1 to wh_1");
    }

    @Test
    void disturbsNothingThatIsOnItsWay() {
        api.events.add("evt_1", "default", null, "{}", true);
        assertThat(retry("dlv_1_1").problem()).isEqualTo("under-way");
        assertThat(api.deliveries.sent).isEmpty();
    }

    @Test
    void deliversNothingToADeletedWebhook() {
        for (DeliveryState state : List.of(DeliveryState.WAITING, DeliveryState.DEAD, DeliveryState.DELIVERED)) {
            String id = api.deliveries.add("evt_1", new LaneKey("wh_8", "default"), state);
            assertThat(retry(id).status()).isEqualTo(409);
            assertThat(retry(id).problem()).isEqualTo("webhook-deleted");
        }
    }

    @Test
    void hidesWhatIsOfOtherTenantsFromABoundKey() {
        String theirs = api.deliveries.add("evt_1", LANE, DeliveryState.DEAD);
        String ours = api.deliveries.add("evt_1", new LaneKey("wh_9", "acme"), DeliveryState.WAITING);
        api.events.add("evt_2", "default", null, "{}", false);
        api.as(ApiKeys.bound("bound", Role.MANAGE, "acme", null));
        assertThat(ids("?webhook=wh_9")).containsExactly(ours);
        assertThat(api.get("/v1/deliveries?webhook=wh_1").status()).isEqualTo(404);
        assertThat(ids("?event=evt_1")).containsExactly(ours);
        assertThat(api.get("/v1/deliveries?webhook=wh_1&tenant=default").status())
                .isEqualTo(403);
        assertThat(api.get("/v1/deliveries/" + theirs).status()).isEqualTo(404);
        assertThat(retry(theirs).status()).isEqualTo(404);
        assertThat(retry("dlv_2_1").status()).isEqualTo(404);
        assertThat(retry(ours).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({
        "READ,    GET,  ?webhook=wh_1,  200",
        "PUBLISH, GET,  ?webhook=wh_1,  403",
        "READ,    GET,  /dlv_1_1,       200",
        "READ,    POST, /dlv_1_1/retry, 403",
        "MANAGE,  POST, /dlv_1_1/retry, 202",
    })
    void asksForTheRightRole(Role role, String method, String path, int status) {
        api.deliveries.add("evt_1", LANE, DeliveryState.WAITING);
        assertThat(api.as(role).send(method, "/v1/deliveries" + path, null).status())
                .isEqualTo(status);
    }
}
