package dev.sluice.admin.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Caller;
import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.history.DeliveryState;
import dev.sluice.delivery.history.Report;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.Attempts;
import dev.sluice.testing.Webhooks;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A customer who may see some types of events, and what he is not shown of the others. */
class PortalTypesTest {
    private static final String TENANT = "acme";
    private static final String OWN = "wh_own";
    private static final String HIDDEN = "wh_hidden";
    private static final String MIXED = "wh_mixed";
    /** What the fakes give each event of theirs. */
    private static final String OTHER_TYPE = "entry.publish";

    private final Api api = new Api();
    private String ofOther;
    private String ofOwn;
    private String before;

    @BeforeEach
    void happen() {
        webhook(OWN, "order.*");
        webhook(HIDDEN, "**");
        webhook(MIXED, "order.paid", "entry.*");
        api.events.add("evt_other", TENANT, "application/json", "{\"secret\":1}", true);
        ofOther = api.deliveries.add("evt_other", new LaneKey(HIDDEN, TENANT), DeliveryState.DELIVERED);
        before = api.deliveries.add("evt_other", new LaneKey(OWN, TENANT), DeliveryState.DEAD);
        ofOwn = api.deliveries.add("evt_paid", "order.paid", new LaneKey(OWN, TENANT), DeliveryState.WAITING);
        api.deliveries.add("evt_paid", "order.paid", new LaneKey(HIDDEN, TENANT), DeliveryState.WAITING);
        api.letters.add("dlv_letter", HIDDEN, TENANT);
        api.letters.add("dlv_before", OWN, TENANT);
        for (String webhook : List.of(OWN, HIDDEN)) {
            LaneKey lane = new LaneKey(webhook, TENANT);
            api.attempts.append(
                    List.of(new Report(lane, List.of(Attempts.failed(webhook, 1, 500)), true, false, null, null)));
        }
        api.as(Role.ADMIN);
        JsonObject settings = new JsonObject()
                .put("tenant", TENANT)
                .put("eventTypes", new JsonArray().add("order.*").add("invoice.sent"));
        String path = api.post("/v1/portal", settings).json().getString("path");
        String link = path.substring(path.indexOf('#') + 1);
        JsonObject visit = api.asNobody()
                .post("/v1/portal/visit", new JsonObject().put("link", link))
                .json();
        assertThat(visit.getJsonArray("eventTypes")).containsExactly("order.*", "invoice.sent");
        api.with(visit.getString("token"));
    }

    @AfterEach
    void close() {
        api.close();
    }

    private void webhook(String id, String... types) {
        api.registry.save(Webhooks.ofTenant(Webhooks.webhook(id, types), TENANT));
    }

    private Webhook stored(String id) {
        Optional<Webhook> found = api.registry.find(TENANT, id).result();
        return found.orElseThrow();
    }

    /** Each route by itself, with each method and each thing: what is added later has to keep to it, too. */
    @Test
    void neitherShowsNorChangesAnythingOfAnotherType() {
        List<String> ids = List.of(HIDDEN, MIXED, ofOther, before, "dlv_letter", "dlv_before", "evt_other");
        int walked = 0;
        for (Route route : api.router.getRoutes()) {
            if (route.methods() == null
                    || route.getPath() == null
                    || !route.getPath().startsWith("/v1/")) {
                continue;
            }
            for (HttpMethod method : route.methods()) {
                for (String path : paths(route.getPath(), ids)) {
                    if (isWalked(method, path)) {
                        walked++;
                        hidesAll(method.name(), path);
                    }
                }
            }
        }
        assertThat(walked).isGreaterThan(200);
        assertThat(List.of(
                        stored(HIDDEN).version(),
                        stored(MIXED).version(),
                        stored(OWN).version()))
                .containsOnly(1L);
        assertThat(api.letters.letters).containsOnlyKeys("dlv_letter", "dlv_before");
        assertThat(api.deliveries.hurried).isEmpty();
        assertThat(api.deliveries.sent).isEmpty();
        assertThat(api.replays.list(HIDDEN).result()).isEmpty();
    }

    /** A stream does not end; what it tells is asked for by itself. */
    private static boolean isWalked(HttpMethod method, String path) {
        return !method.equals(HttpMethod.HEAD) && !path.startsWith("/v1/tail") && !path.equals("/v1/portal/visit");
    }

    private static List<String> paths(String route, List<String> ids) {
        if (!route.contains(":")) {
            List<String> all = new ArrayList<>(List.of(route));
            if (List.of("/v1/deliveries", "/v1/dead-letters").contains(route)) {
                all.addAll(
                        List.of(route + "?webhook=" + HIDDEN, route + "?webhook=" + MIXED, route + "?webhook=" + OWN));
            }
            if (route.equals("/v1/deliveries")) {
                all.add(route + "?event=evt_other");
                all.add(route + "?event=evt_other&webhook=" + OWN);
                all.add(route + "?event=evt_paid&webhook=" + HIDDEN);
            }
            return all;
        }
        return ids.stream()
                .map(id -> route.replaceFirst(":\\w+", id).replaceAll(":\\w+", "x"))
                .toList();
    }

    private void hidesAll(String method, String path) {
        boolean hasBody = List.of("POST", "PUT", "PATCH").contains(method);
        for (JsonObject body : hasBody ? bodies(path) : List.of(new JsonObject())) {
            ApiClient.Answer answer = hasBody
                    ? api.send(method, path, body.encode(), "Content-Type", "application/json")
                    : api.send(method, path, null);
            assertThat(answer.response().body())
                    .as("%s %s %s", method, path, body)
                    .doesNotContain(
                            OTHER_TYPE,
                            "entry.update",
                            "receiver.example/" + HIDDEN,
                            "receiver.example/" + MIXED,
                            "\"secret\"");
            boolean isOfOne = path.contains("wh_hidden") || path.contains("dlv_") || path.contains("evt_other");
            if (isOfOne && !path.contains("?")) {
                assertThat(answer.status()).as("%s %s %s", method, path, body).isIn(400, 403, 404);
            }
        }
    }

    private static List<JsonObject> bodies(String path) {
        JsonObject url = new JsonObject().put("url", "https://mine.example/hook");
        Map<String, List<JsonObject>> known = Map.of(
                "/v1/webhooks",
                List.of(url.copy().put("eventTypes", new JsonArray().add("entry.*"))),
                "/v1/webhooks/preview",
                List.of(
                        new JsonObject().put("id", HIDDEN),
                        new JsonObject().put("id", OWN).put("event", "evt_other"),
                        new JsonObject().put("webhook", url).put("event", "evt_other")),
                "/v1/dead-letters/retry",
                List.of(new JsonObject().put("webhook", HIDDEN), new JsonObject().put("webhook", MIXED)),
                "/v1/dead-letters/purge",
                List.of(new JsonObject().put("webhook", HIDDEN), new JsonObject().put("webhook", MIXED)));
        return known.getOrDefault(path, List.of(new JsonObject(), url));
    }

    @Test
    void showsWhatIsOfHisTypes() {
        assertThat(api.get("/v1/me").json().getJsonArray("eventTypes")).containsExactly("order.*", "invoice.sent");
        assertThat(api.get("/v1/webhooks").json().getJsonArray("webhooks"))
                .singleElement()
                .satisfies(one -> assertThat(((JsonObject) one).getString("id")).isEqualTo(OWN));
        assertThat(api.get("/v1/deliveries?webhook=" + OWN).json().getJsonArray("deliveries"))
                .hasSize(1);
        assertThat(api.get("/v1/deliveries/" + ofOwn).status()).isEqualTo(200);
        assertThat(api.get("/v1/webhooks/" + OWN + "/statistics").status()).isEqualTo(200);
        assertThat(api.get("/v1/statistics").problem()).isEqualTo("not-in-portal");
    }

    @Test
    void hasAllThatHeMayChooseStandForAll() {
        JsonObject url = new JsonObject().put("url", "https://mine.example/hook");
        JsonObject made = api.post("/v1/webhooks", url).json();
        assertThat(made.getJsonArray("eventTypes")).containsExactly("order.*", "invoice.sent");
        String path = "/v1/webhooks/" + made.getString("id");
        assertThat(api.put(path, url.copy().putNull("eventTypes")).json().getJsonArray("eventTypes"))
                .containsExactly("order.*", "invoice.sent");
        assertThat(api.patch(path, new JsonObject().put("eventTypes", new JsonArray().add("order.paid")))
                        .json()
                        .getJsonArray("eventTypes"))
                .containsExactly("order.paid");
        assertThat(api.patch(path, new JsonObject().put("name", "Mine")).json().getJsonArray("eventTypes"))
                .containsExactly("order.paid");
        assertThat(api.patch(path, new JsonObject().putNull("eventTypes"))
                        .json()
                        .getJsonArray("eventTypes"))
                .containsExactly("order.*", "invoice.sent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"**", "*", "order.**", "entry.publish", "*.paid", "invoice.*", "order.paid.late"})
    void letsHimChooseNothingBeyond(String pattern) {
        JsonArray types = new JsonArray().add("order.paid").add(pattern);
        JsonObject settings =
                new JsonObject().put("url", "https://mine.example/hook").put("eventTypes", types);
        ApiClient.Answer refused = api.post("/v1/webhooks", settings);
        assertThat(refused.problem()).isEqualTo("invalid-webhook");
        assertThat(refused.pointer()).isEqualTo("/eventTypes/1");
        assertThat(refused.detail()).contains(pattern, "within order.*, invoice.sent");
        assertThat(api.put("/v1/webhooks/" + OWN, settings).pointer()).isEqualTo("/eventTypes/1");
        assertThat(api.patch("/v1/webhooks/" + OWN, new JsonObject().put("eventTypes", types))
                        .pointer())
                .isEqualTo("/eventTypes/1");
        assertThat(stored(OWN).version()).isEqualTo(1);
    }

    @Test
    void listsTheTypesThatHeMayChooseAlsoThoseOfNoCatalogue() {
        List<String> types = api.get("/v1/event-types?limit=500").json().getJsonArray("eventTypes").stream()
                .map(kind -> ((JsonObject) kind).getString("type"))
                .toList();
        assertThat(types).containsExactly("invoice.sent");
    }

    @Test
    void tellsHimWhatHappensToWhatIsOfHisTypesAlone() {
        assertThat(api.seen.sees(visitor(), TENANT, OWN)).isTrue();
        assertThat(api.seen.sees(visitor(), TENANT, HIDDEN)).isFalse();
        assertThat(api.seen.sees(visitor(), TENANT, "wh_gone")).isFalse();
    }

    private Caller visitor() {
        return new Caller("pass:1", "visitor", Role.READ, TENANT, null, List.of("order.*"));
    }
}
