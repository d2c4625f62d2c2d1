package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RedisServer;
import dev.sluice.testing.browser.Axe;
import dev.sluice.testing.browser.OpenTab;
import dev.sluice.testing.browser.Tab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Pictures of every screen, for people to look at: wide and light in English, narrow and dark in Spanish, which is longer.
 * {@code -Dsluice.screens=true} takes all, light and dark, wide and narrow, in both languages.
 */
class ConsoleScreensTest {
    private static final String ADMIN = "an-admin-key-of-the-test";
    private static final boolean ALL = Boolean.getBoolean("sluice.screens");
    private static final Path FOLDER = Path.of("target", "screenshots");

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
        tab.open(pod.url()).shows("Welcome to Sluice").picture(FOLDER.resolve("empty.png"));
        ConsoleScene scene = new ConsoleScene(pod, well, ill).fill();
        Map<String, String> screens = screens(scene);
        knock();
        for (Look look : looks()) {
            wear(tab, look);
            screens.forEach((name, path) -> picture(tab, look, name, pod.url() + path));
            if (ALL || look.isPhone()) {
                ConsoleStates.of(scene).forEach(state -> picture(tab, look, state, pod.url()));
            }
        }
        assertThat(faults).as("what axe-core calls serious or critical").isEmpty();
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
            List<Look> looks = looks();
            for (int i = 0; i < looks.size(); i++) {
                JsonObject link = new JsonObject()
                        .put("tenant", "acme")
                        .put("logo", ConsoleScene.BRAND)
                        .put("accent", i % 2 == 0 ? "#7c3aed" : "#ffcc00")
                        .put("eventTypes", new JsonArray().add("order.*").add("invoice.sent"));
                String path = host.post("/v1/portal", link).json().getString("path");
                tab.open(locked.url() + path).until("document.querySelector('.brand img.logo')?.naturalWidth > 0");
                tab.until("document.querySelector('.page') && location.pathname === '/'");
                wear(tab, looks.get(i));
                String look = String.valueOf(tab.script("location.search"));
                picture(tab, looks.get(i), "portal", locked.url() + "/" + look);
                picture(tab, looks.get(i), "portal-webhooks", locked.url() + "/webhooks" + look);
                picture(tab, looks.get(i), "portal-form", locked.url() + "/webhooks/new" + look);
                tab.script("sessionStorage.clear()");
                picture(tab, looks.get(i), "sign-in", locked.url() + "/");
            }
        }
        assertThat(faults).as("what axe-core calls serious or critical").isEmpty();
    }

    private static void wear(Tab tab, Look look) {
        tab.script("localStorage.setItem('sluice.language', '%s')".formatted(look.language()));
        tab.colours(look.colours());
    }

    private record Look(String language, String colours, int width) {
        int height() {
            return isPhone() ? 844 : 800;
        }

        boolean isPhone() {
            return width < 600;
        }

        String text() {
            return language + "-" + colours + "-" + width;
        }
    }

    private static List<Look> looks() {
        if (!ALL) {
            return List.of(new Look("en", "light", 1280), new Look("es", "dark", 390));
        }
        List<Look> all = new ArrayList<>();
        for (String language : List.of("en", "es")) {
            for (String colours : List.of("light", "dark")) {
                all.add(new Look(language, colours, 1280));
                all.add(new Look(language, colours, 390));
            }
        }
        return all;
    }

    /** In both colours; taken at the end, so that all of them are said at once. */
    private final Map<String, List<String>> faults = new LinkedHashMap<>();

    private void picture(Tab tab, Look look, ConsoleStates.State state, String pod) {
        picture(tab, look, state.name(), pod + state.path(), state.act());
        tab.connected(true);
    }

    private void picture(Tab tab, Look look, String screen, String url) {
        picture(tab, look, screen, url, page -> {});
    }

    private void picture(Tab tab, Look look, String screen, String url, Consumer<Tab> act) {
        String name = screen + "-" + look.text() + ".png";
        tab.size(look.width(), look.height()).open(url);
        tab.until("!document.querySelector('.loading') && document.querySelector('.page, .door')");
        if (screen.equals("webhooks")) {
            tab.until("document.querySelector('.spark')"); // asked for when the rows are there
        }
        if (screen.equals("event-compare")) {
            tab.until("document.querySelector('.diff')");
        }
        act.accept(tab);
        tab.picture(FOLDER.resolve(name));
        // on a phone the window grows with what sticks out of it
        assertThat(tab.script("[innerWidth, document.documentElement.scrollWidth].join()"))
                .as("how wide is " + name)
                .isEqualTo(look.width() + "," + look.width());
        List<String> found = Axe.faults(tab);
        if (!found.isEmpty()) {
            faults.put(name, found);
        }
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
