package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is typed into the console, and with the keyboard alone. */
class ConsoleFormTest extends ConsoleHarness {
    @Test
    void keepsWhatWasTypedAndSaysAtItsFieldWhatIsWrong() {
        tab.open(pod.url() + "/webhooks/new").fill("URL", "ftp://nowhere").fill("Name", "Typed");
        tab.choose("Events come from", "strapi").click("Only some").click("Entry");
        tab.open(pod.url() + "/webhooks/new?source=modyo").shows("Only some");
        assertThat(tab.script("document.getElementById('source').value + document.getElementById('name').value"))
                .as("a form that another place leads to")
                .isEqualTo("modyo");
        tab.open(pod.url() + "/webhooks/new").shows("Publish");
        assertThat(tab.script("document.getElementById('name').value")).isEqualTo("Typed");
        assertThat(tab.script("document.querySelectorAll('.matrix td input:checked').length"))
                .isEqualTo(6);
        tab.click("Create webhook").until("document.getElementById('url').getAttribute('aria-invalid') === 'true'");
        tab.shows("Not saved yet", "http");
        tab.fill("URL", receiver.url()).click("Create webhook").shows("Your webhook is ready");
    }

    @Test
    void previewsWhatASourceKeepsAndSwitchesItOff() {
        pod.webhook(
                new JsonObject().put("url", receiver.url()).put("name", "Build").put("source", "strapi"));
        tab.open(pod.url() + "/sources").click("strapi").shows("/v1/sources/strapi/events", "entry.publish");
        tab.click("Preview")
                .fill(
                        "A request, as the system sends it",
                        "{\"event\":\"entry.publish\",\"model\":\"article\",\"entry\":{\"id\":1,\"password\":\"secret\"}}");
        tab.click("See what is kept").shows("1 webhook would get it", "/entry/password", "What would be kept");
        tab.click(".switch").shows("recorded and delivered to nobody");
        assertThat(pod.api().get("/v1/sources/strapi").json().getBoolean("enabled"))
                .isFalse();
    }

    @Test
    void showsWhereTheFocusIsOnEachStep() {
        pod.webhook(new JsonObject().put("url", receiver.url()).put("name", "First"));
        tab.open(pod.url() + "/webhooks").shows("First");
        Set<Object> places = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            tab.press("Tab");
            Object place = tab.script("""
                    (() => { const at = document.activeElement;
                    const marked = [at, at.closest('tr'), at.closest('label')].filter(Boolean).some((e) => {
                      const { outlineStyle, boxShadow } = getComputedStyle(e);
                      return outlineStyle !== 'none' || (e.matches('tr') && boxShadow !== 'none');
                    });
                    return marked ? (at.innerText || at.id || at.getAttribute('aria-label') || at.tagName) : null; })()""");
            assertThat(place).as("step " + i).isNotNull();
            places.add(place);
        }
        assertThat(places).contains("New webhook", "First");
    }

    @Test
    void isUsedWithTheKeyboardAlone() {
        pod.webhook(new JsonObject().put("url", receiver.url()).put("name", "First"));
        JsonObject second =
                pod.webhook(new JsonObject().put("url", receiver.url()).put("name", "Second"));
        pod.accept("order.paid", new JsonObject());
        receiver.take();
        receiver.take();
        awaitAttempt(second);
        tab.open(pod.url() + "/webhooks").shows("First", "Second");
        tab.press("/").until("document.activeElement.matches('[data-search]')");
        tab.fill("Name, URL or event type", "seco").until("!document.body.innerText.includes('First')");
        tab.press("Escape").press("j").press("Enter").shows("Settings", "order.paid");
        assertThat(tab.path()).startsWith("/webhooks/" + second.getString("id"));
        tab.press("j").press("Enter").shows("Attempt 1");
        tab.press("Escape").until("!document.querySelector('.drawer')");
        assertThat(tab.path()).isEqualTo("/webhooks/" + second.getString("id"));
    }
}
