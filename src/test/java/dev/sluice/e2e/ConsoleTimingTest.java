package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Certificates;
import dev.sluice.testing.ScriptedEndpoint;
import dev.sluice.testing.TlsServer;
import dev.sluice.testing.browser.Axe;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Where the time of an attempt went, as a bar. */
class ConsoleTimingTest extends ConsoleHarness {
    private static final Path FOLDER = Path.of("target", "screenshots");
    private static final String LEGEND = "document.querySelector('.timing .legend').innerText";

    private void isWellInOtherLooksToo(String name, String language, String colours, int width) {
        if (ConsoleGallery.ALL) {
            isWellToLookAt(name, language, colours, width);
        }
    }

    private void isWellToLookAt(String name, String language, String colours, int width) {
        tab.colours(colours).size(width, 800).picture(FOLDER.resolve(name + "-" + language + ".png"));
        assertThat(Axe.faults(tab)).isEmpty();
        assertThat(tab.script("document.documentElement.scrollWidth")).isEqualTo(width);
    }

    @Test
    void aTestShowsItsPartsAndThatTheNextOneGoesOnAKeptConnection() {
        try (TlsServer server = new TlsServer("localhost", true, ClientAuth.NONE)) {
            JsonObject webhook = pod.webhook(new JsonObject()
                    .put("url", "https://localhost:%d/hook".formatted(server.port()))
                    .put("tls", new JsonObject().put("ca", Certificates.pem("localhost.pem"))));
            tab.open(pod.url() + "/webhooks/" + webhook.getString("id") + "/test");
            tab.click(".under-label").shows("200 OK", "Connecting", "TLS", "First byte", "Body");
            assertThat(tab.script("document.querySelectorAll('.timing .track .tls').length"))
                    .isEqualTo(1);
            isWellToLookAt("timing-test", "en", "light", 1280);
            isWellInOtherLooksToo("timing-test-narrow", "en", "dark", 390);
            sendsUntilAConnectionIsKept();
            assertThat(String.valueOf(tab.script(LEGEND)))
                    .contains("First byte")
                    .doesNotContain("Connecting", "TLS");
        }
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
            JsonObject webhook = pod.webhook(new JsonObject()
                    .put("url", "https://127.0.0.1:%d/".formatted(mail.port()))
                    .put("timeoutMs", 3000));
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
            isWellInOtherLooksToo("timing-drawer", "en", "light", 1280);
            tab.script("localStorage.setItem('sluice.language', 'es')");
            tab.open(pod.url() + drawer).shows("TLS: falló tras", "Conexión");
            isWellToLookAt("timing-drawer", "es", "dark", 390);
            assertThat(tab.script("document.querySelector('.timing .track .bad') !== null"))
                    .isEqualTo(true);
        }
    }
}
