package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RedisServer;
import dev.sluice.testing.browser.Axe;
import dev.sluice.testing.browser.OpenTab;
import dev.sluice.testing.browser.Tab;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Pictures of every screen, for people to look at: wide and light in English, narrow and dark in Spanish, which is longer.
 * {@code -Dsluice.screens=true} takes all, light and dark, wide and narrow, in both languages.
 */
class ConsoleScreensTest {
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
        Map<String, String> screens = screens(new ConsoleScene(pod, well, ill).fill());
        for (Look look : looks()) {
            tab.script("localStorage.setItem('sluice.language', '%s')".formatted(look.language()));
            tab.colours(look.colours());
            screens.forEach((name, path) -> picture(tab, look, name, path));
        }
        assertThat(faults).as("what axe-core calls serious or critical").isEmpty();
    }

    private record Look(String language, String colours, int width) {
        int height() {
            return width > 600 ? 800 : 844;
        }

        String text() {
            return language + "-" + colours + "-" + width;
        }
    }

    private static List<Look> looks() {
        if (!Boolean.getBoolean("sluice.screens")) {
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

    private void picture(Tab tab, Look look, String screen, String path) {
        String name = screen + "-" + look.text() + ".png";
        tab.size(look.width(), look.height()).open(pod.url() + path);
        tab.until("!document.querySelector('.loading') && document.querySelector('.page, .door')");
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
