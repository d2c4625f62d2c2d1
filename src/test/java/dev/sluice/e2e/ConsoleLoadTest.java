package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The console over a pod that has much behind it, and what each view costs, printed:
 * {@code -Dsluice.console.load=100000} sends so many events through the real pipeline, to two thousand webhooks.
 */
@EnabledIfSystemProperty(
        named = "sluice.console.load",
        matches = "\\d+",
        disabledReason = "minutes; its figures are for people")
class ConsoleLoadTest extends ConsoleHarness {
    private static final int EVENTS = Integer.getInteger("sluice.console.load", 0);
    private static final int WEBHOOKS = Integer.getInteger("sluice.console.webhooks", 2000);
    private static final int BATCH = 1000;
    /** No view draws more at once. */
    private static final int MOST_ROWS = 200;
    /** From the request to the end of the answer, on a machine that does nothing else. */
    private static final int MOST_MS = 300;

    @Test
    void staysBoundedWithMuchBehindIt() {
        String first = fill();
        tab.open(pod.url()).before("""
                new MutationObserver((changes, observer) => {
                  if (!document.querySelector('main tbody tr, main .course li, main .chart')) return;
                  window.drawn = Math.round(performance.now());
                  observer.disconnect();
                }).observe(document, { childList: true, subtree: true })""");
        Map<String, String> views = new LinkedHashMap<>();
        views.put("webhooks", "/webhooks");
        views.put("webhooks, searched", "/webhooks?q=Hook+7");
        views.put("overview", "/");
        views.put("webhook", "/webhooks/" + first);
        views.put("webhook, delivered", "/webhooks/" + first + "?state=delivered");
        views.put("statistics", "/webhooks/" + first + "/statistics");
        views.put("deliveries", "/deliveries");
        views.put("deliveries of a webhook", "/deliveries?webhook=" + first);
        views.put("dead letters", "/dead-letters");
        views.put("sources", "/sources");
        views.forEach(this::look);
    }

    private void look(String name, String path) {
        for (int i = 0; i < 2; i++) { // a reader has the files of the console after the first page
            tab.open(pod.url() + path).until("!document.querySelector('.loading') && document.querySelector('.page')");
        }
        JsonObject cost = new JsonObject(String.valueOf(tab.script("""
                (() => { const calls = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/v1/') && !name.includes('/tail'));
                return JSON.stringify({ loadedMs: Math.round(Math.min(...calls.map(({ startTime }) => startTime))), drawnMs: window.drawn ?? -1, calls: calls.length,
                  slowestMs: Math.round(Math.max(0, ...calls.map(({ responseEnd, requestStart }) => responseEnd - requestStart))),
                  kilobytes: Math.round(calls.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) / 1000),
                  rows: document.querySelectorAll('tbody tr').length, nodes: document.querySelectorAll('*').length }); })()""")));
        System.out.printf("%-26s %s%n", name, cost.encode());
        assertThat(cost.getInteger("rows")).as(name).isLessThanOrEqualTo(MOST_ROWS);
        assertThat(cost.getInteger("slowestMs"))
                .as("the slowest answer: " + name)
                .isLessThanOrEqualTo(MOST_MS);
    }

    /** @return the id of the first webhook */
    private String fill() {
        String first = null;
        for (int i = 0; i < WEBHOOKS; i++) {
            JsonObject webhook = pod.webhook(new JsonObject()
                    .put("url", receiver.url("/" + i))
                    .put("name", "Hook " + i)
                    .put("eventTypes", new JsonArray().add("kind" + i + ".*")));
            first = first == null ? webhook.getString("id") : first;
        }
        for (int sent = 0; sent < EVENTS; sent += BATCH) {
            StringBuilder lines = new StringBuilder();
            for (int i = sent; i < Math.min(EVENTS, sent + BATCH); i++) {
                // half of all are for the first, whose pages are long
                int kind = i % 2 == 0 ? 0 : i % WEBHOOKS;
                lines.append("{\"type\":\"kind%d.made\",\"data\":{\"id\":%d}}\n".formatted(kind, i));
            }
            assertThat(pod.api()
                            .post("/v1/events", "application/x-ndjson", lines.toString())
                            .status())
                    .isEqualTo(200);
        }
        await().atMost(Duration.ofMinutes(5)).until(() -> pod.metrics().of("sluice_deliveries_held") == 0);
        pod.awaitQuiet();
        return first;
    }
}
