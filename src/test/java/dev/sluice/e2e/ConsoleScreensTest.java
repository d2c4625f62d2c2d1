package dev.sluice.e2e;

import dev.sluice.testing.RedisServer;
import dev.sluice.testing.browser.OpenTab;
import dev.sluice.testing.browser.Tab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every screen, for people to look at, and whether it fits its window and keeps nobody from it. */
class ConsoleScreensTest {
    private static final String ADMIN = "an-admin-key-of-the-test";
    private static final Path EMPTY = Path.of("target", "screenshots", "empty.png");

    private static final Map<String, String> AWAY =
            Map.of("overview", "/", "webhooks", "/webhooks", "dead-letters", "/dead-letters", "system", "/system");

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    @RegisterExtension
    final Receiver well = new Receiver();

    @RegisterExtension
    final Receiver ill = new Receiver();

    @RegisterExtension
    final OpenTab opened = new OpenTab();

    @Test
    void showsEveryScreenWithinItsWindowAndKeepsNobodyFromIt() {
        Tab tab = opened.tab();
        tab.open(pod.url()).shows("Welcome to Sluice");
        if (ConsoleGallery.ALL) {
            tab.picture(EMPTY);
        }
        ConsoleScene scene = new ConsoleScene(pod, well, ill).fill();
        Map<String, String> screens = screens(scene);
        knock();
        ConsoleGallery gallery = new ConsoleGallery(tab, pod.url());
        for (ConsoleGallery.Look look : ConsoleGallery.looks()) {
            gallery.wear(look);
            screens.forEach(gallery::see);
            ConsoleStates.of(scene).forEach(state -> {
                gallery.see(state.name(), state.path(), state.act());
                tab.connected(true);
            });
            scene.tidy();
        }
        if (ConsoleGallery.ALL) {
            REDIS.kill();
            for (ConsoleGallery.Look look : ConsoleGallery.looks()) {
                gallery.wear(look);
                AWAY.forEach((name, path) -> gallery.see("redis-away-" + name, path));
            }
        }
        gallery.keepsNobodyOut();
    }

    @Test
    @EnabledIfSystemProperty(
            named = "sluice.screens",
            matches = ".+",
            disabledReason = "its dialogs are tried elsewhere")
    void showsKeysAndAKeyOnce() {
        Tab tab = opened.tab();
        try (TestPod locked = TestPod.start(REDIS.uri(), "SLUICE_ACCESS_ADMIN_KEY", ADMIN)) {
            for (String role : List.of("admin", "manage", "read")) {
                locked.api()
                        .as(ADMIN)
                        .post(
                                "/v1/keys",
                                new JsonObject().put("name", "For " + role).put("role", role));
            }
            ConsoleGallery gallery = new ConsoleGallery(tab, locked.url());
            tab.open(locked.url())
                    .shows("Sign in")
                    .script("sessionStorage.setItem('sluice.key', '%s')".formatted(ADMIN));
            for (ConsoleGallery.Look look : ConsoleGallery.looks()) {
                gallery.wear(look);
                gallery.see("keys-list", "/keys");
                gallery.see("key-made", "/keys", ConsoleStates::makeKey);
                gallery.see("key-delete", "/keys", ConsoleStates.pressing("td .danger", "dialog[open]"));
                ConsoleStates.forgetKeys(locked.api().as(ADMIN));
            }
            gallery.keepsNobodyOut();
        }
    }

    /** A source that waits for its first request, and one whose first request was refused. */
    private void knock() {
        for (String name : List.of("shop-events", "payments")) {
            pod.api()
                    .post(
                            "/v1/sources",
                            new JsonObject()
                                    .put("name", name)
                                    .put("provider", "stripe")
                                    .put("secret", "whsec_test"));
        }
        pod.api()
                .post("/v1/sources/payments/events", "application/json", "{\"id\":\"evt_1\",\"type\":\"charge.paid\"}");
    }

    @Test
    void showsACustomerThePortalOfHisHostWhateverItsColour() {
        Tab tab = opened.tab();
        try (TestPod locked = TestPod.start(REDIS.uri(), "SLUICE_ACCESS_ADMIN_KEY", ADMIN)) {
            Rest host = locked.api().as(ADMIN);
            JsonObject webhook = new JsonObject()
                    .put("url", well.url())
                    .put("name", "Orders")
                    .put("eventTypes", new JsonArray().add("order.*"));
            host.post("/v1/webhooks?tenant=acme", webhook);
            ConsoleGallery gallery = new ConsoleGallery(tab, locked.url());
            for (ConsoleGallery.Look look : ConsoleGallery.looks()) {
                visit(locked.url(), host, "#7c3aed");
                gallery.wear(look);
                String seal = String.valueOf(tab.script("location.search"));
                gallery.see("portal");
                gallery.see("portal-webhooks", "/webhooks" + seal);
                gallery.see("portal-form", "/webhooks/new" + seal);
                tab.script("sessionStorage.clear()");
                tab.open(locked.url());
                gallery.see("sign-in");
            }
            visit(locked.url(), host, "#ffcc00");
            gallery.see("portal-yellow", "/webhooks/new" + tab.script("location.search"));
            gallery.keepsNobodyOut();
        }
    }

    private void visit(String url, Rest host, String accent) {
        JsonObject link = new JsonObject()
                .put("tenant", "acme")
                .put("logo", ConsoleScene.BRAND)
                .put("accent", accent)
                .put("eventTypes", new JsonArray().add("order.*").add("invoice.sent"));
        String path = host.post("/v1/portal", link).json().getString("path");
        opened.tab()
                .open(url + path)
                .until("document.querySelector('.brand img.logo')?.naturalWidth > 0")
                .until("document.querySelector('.page') && location.pathname === '/'");
    }

    private Map<String, String> screens(ConsoleScene scene) {
        String shop = "/webhooks/" + scene.shop.getString("id");
        String search = "/webhooks/" + scene.search.getString("id");
        Map<String, String> screens = new LinkedHashMap<>();
        screens.put("overview", "/");
        screens.put("webhooks", "/webhooks");
        screens.put("webhook", shop);
        screens.put("webhook-failing", search);
        screens.put("webhook-statistics", search + "/statistics");
        screens.put("webhook-settings", shop + "/settings");
        screens.put("webhook-test", shop + "/test");
        screens.put("webhook-made", shop + "?made=yes");
        screens.put("form", "/webhooks/new");
        screens.put("form-edit", search + "/edit");
        screens.put("deliveries", "/deliveries");
        screens.put("delivery", search + "?delivery=" + scene.delivery(scene.search, "waiting"));
        screens.put("dead-letters", "/dead-letters");
        screens.put("playground", "/playground/demo");
        screens.put("webhook-replay", shop + "/replay");
        screens.put("sources", "/sources");
        screens.put("source", "/sources/strapi");
        screens.put("source-new", "/sources?new=yes");
        screens.put("source-new-github", "/sources?new=yes&system=github");
        screens.put("source-waiting", "/sources/shop-events");
        screens.put("source-knocked", "/sources/payments");
        screens.put("source-settings", "/sources/strapi/settings");
        screens.put("source-preview", "/sources/modyo/preview");
        screens.put("keys", "/keys");
        screens.put("system", "/system");
        screens.put("events", "/events");
        String event = eventOf(scene);
        screens.put("event", "/events/" + event);
        screens.put("event-compare", "/events/" + event + "?with=" + scene.other(event));
        screens.put("portal-over", "/portal");
        return screens;
    }

    private String eventOf(ConsoleScene scene) {
        return pod.api()
                .get("/v1/deliveries/" + scene.delivery(scene.shop, "delivered"))
                .json()
                .getString("event");
    }
}
