package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Where the time of an attempt went, as a bar. */
class ConsoleTimingTest extends ConsoleHarness {
    private static final Path FOLDER = Path.of("target", "screenshots");
    private static final String LEGEND = "document.querySelector('.timing .legend').innerText";

    private JsonObject webhook(String url) {
        return pod.webhook(new JsonObject().put("url", url).put("name", "Shop").put("timeoutMs", 3000));
    }

    private void picture(String name, String language, String colours, int width) {
        tab.script("localStorage.setItem('sluice.language', '%s')".formatted(language));
        tab.colours(colours).size(width, 800).picture(FOLDER.resolve(name + ".png"));
    }

    @Test
    void aTestShowsItsPartsAndThatTheNextOneGoesOnAKeptConnection() {
        tab.open(pod.url() + "/webhooks/" + webhook(receiver.url()).getString("id") + "/test");
        tab.click(".under-label").shows("204 No Content", "Connecting", "First byte", "Body");
        assertThat(tab.script("document.querySelectorAll('.timing .track i').length"))
                .isEqualTo(tab.script("document.querySelectorAll('.timing .legend i').length"));
        picture("timing-test", "en", "light", 1280);
        sendsUntilAConnectionIsKept();
        assertThat(String.valueOf(tab.script(LEGEND))).contains("First byte").doesNotContain("Connecting");
    }

    /** Each event loop of the pod has connections of its own. */
    private void sendsUntilAConnectionIsKept() {
        tab.until("""
                (() => { const send = document.querySelector('.under-label');
                if (%s.includes('on a kept connection')) return true;
                if (!send.disabled) send.click(); })()""".formatted(LEGEND));
    }

    @Test
    void anAttemptThatFailedSaysInWhichPartAndAfterWhatTimeInBothLanguages() {
        try (ScriptedEndpoint mail = new ScriptedEndpoint().deaf()) {
            JsonObject webhook = webhook("https://127.0.0.1:%d/".formatted(mail.port()));
            pod.accept("order.paid", new JsonObject());
            awaitAttempt(webhook);
            JsonObject attempt = pod.api()
                    .get("/v1/webhooks/" + webhook.getString("id") + "/attempts")
                    .json()
                    .getJsonArray("attempts")
                    .getJsonObject(0);
            assertThat(attempt.getJsonObject("timing").getString("failedIn")).isEqualTo("tls");

            String drawer =
                    "/webhooks/%s?delivery=%s".formatted(webhook.getString("id"), attempt.getString("delivery"));
            tab.open(pod.url() + drawer).shows("No answer in time", "TLS: failed after", "did not speak TLS in time");
            picture("timing-drawer", "es", "light", 1280);
            tab.open(pod.url() + drawer).shows("TLS: falló tras", "Conexión");
            picture("timing-drawer-es", "es", "dark", 390);
            assertThat(tab.script("document.querySelector('.timing .track .bad') !== null"))
                    .isEqualTo(true);
        }
    }
}
