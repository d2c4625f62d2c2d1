package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What others wrote, as the console shows it. */
class ConsoleContentTest extends ConsoleHarness {
    @Test
    void runsNothingOfWhatOthersWrote() {
        receiver.answers(500);
        JsonObject webhook = pod.webhook(new JsonObject()
                .put("url", receiver.url("/" + "a".repeat(200)))
                .put("name", ConsoleScene.EVIL)
                .put(
                        "headers",
                        new JsonArray()
                                .add(new JsonObject().put("name", "x-evil").put("value", ConsoleScene.EVIL))));
        String event = pod.accept(
                "order.paid",
                new JsonObject()
                        .put(ConsoleScene.EVIL, ConsoleScene.EVIL + "\u202e")
                        .put("long", "x".repeat(100_000)));
        receiver.take();
        awaitAttempt(webhook);
        String page = pod.url() + "/webhooks/" + webhook.getString("id");
        tab.open(pod.url() + "/webhooks")
                .shows("<script>")
                .click(ConsoleScene.EVIL)
                .shows("Deliveries");
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
    void showsNumbersAsTheyWereWritten() {
        Rest.Answer accepted = pod.api()
                .post(
                        "/v1/events",
                        "application/json",
                        "{\"type\":\"a\",\"data\":{\"id\":12345678901234567890,\"n\":1.50}}");
        tab.open(pod.url() + "/events/" + accepted.json().getString("id")).shows("12345678901234567890", "1.5");
    }
}
