package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What others wrote, as the console shows it. */
class ConsoleContentTest extends ConsoleHarness {
    /** What a stranger would write where text is asked for. */
    private static final String EVIL = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>";

    @Test
    void runsNothingOfWhatOthersWrote() {
        receiver.answers(500);
        JsonObject webhook = pod.webhook(new JsonObject()
                .put("url", receiver.url("/" + "a".repeat(200)))
                .put("name", EVIL)
                .put(
                        "headers",
                        new JsonArray()
                                .add(new JsonObject().put("name", "x-evil").put("value", EVIL))));
        String event = pod.accept(
                "order.paid", new JsonObject().put(EVIL, EVIL + "\u202e").put("long", "x".repeat(100_000)));
        receiver.take();
        awaitAttempt(webhook);
        String page = pod.url() + "/webhooks/" + webhook.getString("id");
        tab.open(pod.url() + "/webhooks").shows("<script>").click(EVIL).shows("Deliveries");
        tab.open(page).click("order.paid").shows("Attempt 1", "onerror=alert(1)", "\\u202e");
        for (String path : List.of("/settings", "/test", "/edit", "?made=yes", "/dead-letters")) {
            tab.open(page + path).until("document.querySelector('.page') && !document.querySelector('.loading')");
        }
        tab.open(pod.url() + "/events/" + event).shows("onerror=alert(1)", "Attributes");
        assertThat(tab.script("document.querySelectorAll('main img, main script').length"))
                .isEqualTo(0);
        assertThat(tab.script("document.documentElement.scrollWidth - innerWidth"))
                .isEqualTo(0);
    }

    @Test
    void writesTheDayOfARangeOnceTheYearOfOldOnesAndBreaksAddressesBehindWhatPartsThem() {
        tab.open(pod.url() + "/playground/demo").shows("Nothing received yet");
        assertThat(of(
                        "lib/time.js",
                        "range('2020-03-01T09:00:00.000Z', '2020-03-01T09:30:00.000Z').match(/2020/g).length"))
                .isEqualTo(1);
        assertThat(of("lib/time.js", "range(new Date(), new Date()).includes(new Date().getFullYear())"))
                .isEqualTo(false);
        assertThat(of("lib/time.js", "range('2020-03-01T09:00:00Z', '2020-03-05T09:30:00Z').split(' ').length"))
                .as("only the dash stands alone")
                .isEqualTo(2);
        assertThat(of("lib/time.js", "exact('2026-03-01T09:00:00.000Z')"))
                .asString()
                .doesNotContain("000");
        tab.size(390, 800);
        assertThat(tab.script("""
                (() => { const text = document.querySelector('.secret code');
                const lines = new Set();
                for (const part of text.childNodes) if (part.nodeType === 3) {
                  const range = document.createRange(); range.selectNode(part);
                  if (range.getClientRects().length > 1) lines.add(part.data);
                }
                return [...lines].join(); })()""")).as("what is torn").isEqualTo("");
    }

    private Object of(String module, String expression) {
        String name = expression.substring(0, expression.indexOf('('));
        return tab.script("import(document.querySelector('link[href$=\"%s\"]').href).then(({ %s }) => %s)"
                .formatted(module, name, expression));
    }

    @Test
    void showsNumbersAsTheyWereWritten() {
        Rest.Answer accepted = pod.api()
                .post(
                        "/v1/events",
                        "application/json",
                        "{\"type\":\"a\",\"data\":{\"id\":12345678901234567890,\"n\":1.50}}");
        tab.open(pod.url() + "/events/" + accepted.json().getString("id")).shows("12345678901234567890", "1.5");
    }
}
