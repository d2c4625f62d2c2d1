package dev.sluice.admin.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.admin.Api;
import dev.sluice.admin.ApiClient;
import dev.sluice.testing.ApiKeys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PortalRoutesTest {
    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    private String link(JsonObject settings) {
        ApiClient.Answer made = api.post("/v1/portal", settings);
        assertThat(made.status()).isEqualTo(201);
        String path = made.json().getString("path");
        assertThat(path).startsWith("/portal#slp_");
        return path.substring("/portal#".length());
    }

    @Test
    void dressesThePortalForTheVisitThatTheLinkOpensAndForNoOther() {
        api.as(Role.ADMIN);
        JsonObject settings = new JsonObject()
                .put("tenant", "acme")
                .put("accent", "#ffcc00")
                .put("logo", "https://cdn.example.com/logo.png?v=1");
        String path = api.post("/v1/portal", settings).json().getString("path");
        assertThat(path).startsWith("/portal?look=").contains("#slp_").doesNotContain("cdn.example.com");
        String look = path.substring("/portal?look=".length(), path.indexOf('#'));
        assertThat(api.passes.allowed(look)).isEqualTo("https://cdn.example.com/logo.png");
        assertThat(api.passes.allowed(look.substring(1))).isNull();
        String link = path.substring(path.indexOf('#') + 1);
        assertThat(api.passes.allowed(link)).isNull();
        JsonObject visit = use(link).json();
        assertThat(visit.getString("logo")).isEqualTo("https://cdn.example.com/logo.png?v=1");
        assertThat(visit.getJsonObject("accent").getJsonObject("light").getString("fill"))
                .matches("#[0-9a-f]{6}")
                .isNotEqualTo("#ffcc00");
        api.as(Role.ADMIN);
        String plain = link(new JsonObject().put("tenant", "acme"));
        assertThat(use(plain).json().containsKey("logo")).isFalse();
    }

    @Test
    void saysWhatIsWrongWithTheLookAndTheTypes() {
        api.as(Role.ADMIN);
        JsonObject tenant = new JsonObject().put("tenant", "acme");
        JsonArray many = new JsonArray();
        IntStream.range(0, 51).forEach(i -> many.add("a" + i));
        Map<String, Object> wrong = Map.of(
                "accent", "red",
                "logo", "http://cdn.example.com/logo.png",
                "eventTypes", new JsonArray());
        wrong.forEach((member, value) -> assertThat(
                        api.post("/v1/portal", tenant.copy().put(member, value)).pointer())
                .isEqualTo("/" + member));
        assertThat(api.post("/v1/portal", tenant.copy().put("eventTypes", many)).detail())
                .contains("at most 50");
        JsonArray bad = new JsonArray().add("order.*").add("entry*");
        assertThat(api.post("/v1/portal", tenant.copy().put("eventTypes", bad)).pointer())
                .isEqualTo("/eventTypes/1");
        JsonArray longs = new JsonArray().add("a".repeat(600)).add("é".repeat(300));
        assertThat(api.post("/v1/portal", tenant.copy().put("eventTypes", longs))
                        .detail())
                .contains("1200 bytes in all", "at most 1024");
    }

    private ApiClient.Answer use(String link) {
        return api.asNobody().post("/v1/portal/visit", new JsonObject().put("link", link));
    }

    /** From now on calls are a customer's. */
    private void visit(String role) {
        String link = link(new JsonObject().put("tenant", "acme").put("role", role));
        api.with(use(link).json().getString("token"));
    }

    private String webhookOf(String tenant) {
        JsonObject settings = new JsonObject().put("url", "https://example.com/" + tenant);
        return api.post("/v1/webhooks?tenant=" + tenant, settings).json().getString("id");
    }

    @Test
    void showsACustomerHisOwnWebhooksAndNoOthers() {
        api.as(Role.ADMIN);
        String own = webhookOf("acme");
        String other = webhookOf("other");
        visit("manage");
        assertThat(api.get("/v1/webhooks").json().getJsonArray("webhooks")).hasSize(1);
        assertThat(api.get("/v1/webhooks/" + own + "/secret").status()).isEqualTo(200);
        assertThat(api.get("/v1/webhooks/" + other).status()).isEqualTo(404);
        assertThat(api.get("/v1/webhooks?tenant=other").problem()).isEqualTo("other-tenant");
        assertThat(api.get("/v1/me").json().getBoolean("portal")).isTrue();
        assertThat(api.get("/v1/me").json().getString("tenant")).isEqualTo("acme");
    }

    @Test
    void letsACustomerWhoMayReadChangeNothing() {
        api.as(Role.ADMIN);
        String own = webhookOf("acme");
        visit("read");
        assertThat(api.get("/v1/webhooks/" + own).status()).isEqualTo(200);
        assertThat(api.get("/v1/webhooks/" + own + "/secret").problem()).isEqualTo("missing-role");
        assertThat(api.delete("/v1/webhooks/" + own).problem()).isEqualTo("missing-role");
    }

    /** Each route by itself: what is added later is closed until somebody opens it. */
    @Test
    void opensNothingElseToAVisitor() {
        api.as(Role.ADMIN);
        visit("manage");
        Set<String> closed = new TreeSet<>();
        api.router.getRoutes().stream()
                .filter(route -> route.methods() != null && route.getPath() != null)
                .filter(route -> route.methods().stream()
                        .anyMatch(method -> method.name().equals("GET")))
                .map(route -> route.getPath().replaceAll(":\\w+", "x"))
                .filter(path -> path.startsWith("/v1/") && !path.equals("/v1/tail"))
                .filter(path -> api.get(path).status() == 403)
                .forEach(closed::add);
        assertThat(closed)
                .contains(
                        "/v1/sources",
                        "/v1/sources/x",
                        "/v1/providers",
                        "/v1/keys",
                        "/v1/pods",
                        "/v1/redis",
                        "/v1/journal/lags")
                .noneMatch(path -> path.startsWith("/v1/webhooks"));
        for (String path : List.of(
                "/v1/webhooks/../sources",
                "/v1/webhooks/%2e%2e/sources",
                "/v1/webhooks/..%2fsources",
                "/v1//sources",
                "/v1/./sources")) {
            assertThat(api.get(path).status()).as(path).isIn(403, 404);
        }
        assertThat(api.post("/v1/portal", new JsonObject().put("tenant", "acme"))
                        .problem())
                .isEqualTo("not-in-portal");
        assertThat(api.post("/v1/keys", new JsonObject().put("name", "mine")).status())
                .isEqualTo(403);
    }

    @Test
    void usesALinkOnce() {
        api.as(Role.ADMIN);
        String link = link(new JsonObject().put("tenant", "acme"));
        assertThat(use(link).status()).isEqualTo(200);
        assertThat(use(link).problem()).isEqualTo("link-over");
    }

    @Test
    void takesNeitherALinkForAVisitNorAVisitForALink() {
        api.as(Role.ADMIN);
        String link = link(new JsonObject().put("tenant", "acme"));
        assertThat(api.with(link).get("/v1/me").status()).isEqualTo(401);
        String visit = use(link).json().getString("token");
        assertThat(use(visit).problem()).isEqualTo("link-over");
        assertThat(use("slp_forged").problem()).isEqualTo("link-over");
        assertThat(use("slp_").problem()).isEqualTo("link-over");
        assertThat(api.with(visit.substring(0, visit.length() - 4))
                        .get("/v1/me")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void endsAVisitWithTheKeyThatMadeItsLink() {
        api.as(ApiKeys.key("host", Role.MANAGE));
        String link = link(new JsonObject().put("tenant", "acme"));
        String visit = use(link).json().getString("token");
        assertThat(api.with(visit).get("/v1/me").status()).isEqualTo(200);
        assertThat(api.as(Role.ADMIN).delete("/v1/keys/host").status()).isEqualTo(204);
        assertThat(api.with(visit).get("/v1/me").status()).isEqualTo(401);
    }

    @Test
    void makesNoLinkThatWouldLimitNobodyOrGoTooFar() {
        assertThat(api.post("/v1/portal", new JsonObject().put("tenant", "acme"))
                        .problem())
                .isEqualTo("no-key");
        api.as(Role.ADMIN);
        assertThat(api.post("/v1/portal", new JsonObject()).pointer()).isEqualTo("/tenant");
        assertThat(api.post("/v1/portal", new JsonObject().put("tenant", "a").put("role", "admin"))
                        .pointer())
                .isEqualTo("/role");
        assertThat(api.post("/v1/portal", new JsonObject().put("tenant", "a").put("expiresInMs", 1))
                        .pointer())
                .isEqualTo("/expiresInMs");
        api.as(ApiKeys.bound("bound", Role.MANAGE, "other", null));
        assertThat(api.post("/v1/portal", new JsonObject().put("tenant", "acme"))
                        .problem())
                .isEqualTo("other-tenant");
        api.as(Role.READ);
        assertThat(api.post("/v1/portal", new JsonObject().put("tenant", "acme"))
                        .problem())
                .isEqualTo("missing-role");
    }
}
