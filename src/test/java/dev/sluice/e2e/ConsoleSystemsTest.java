package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The webhook of a content system, from its form to its end, as somebody has it who never saw an API. */
class ConsoleSystemsTest extends ConsoleHarness {
    /** One after the other in one pod: each leaves nothing behind. */
    @Test
    void makesTestsSwitchesChangesAndDeletesTheWebhookOfEachSystem() {
        List.of("strapi", "cockpit", "maya", "modyo").forEach(this::runs);
    }

    private void runs(String system) {
        make(system);
        String page = tab.path();
        test(system);
        tab.click(".switch").shows("It is off and gets no events");
        assertThat(stored(page).getBoolean("enabled")).isFalse();
        tab.click(".switch").until("!document.body.innerText.includes('It is off and gets no events')");
        assertThat(stored(page).getBoolean("enabled")).isTrue();
        change(page);
        tab.click("More").click("Delete").shows("This cannot be undone").click(".primary.danger");
        tab.shows("No webhooks yet");
    }

    private void make(String system) {
        tab.open(pod.url() + "/webhooks/new").choose("Events come from", system);
        tab.fill("URL", receiver.url("/" + system)).fill("Name", "Build").click("Only some");
        choose(system);
        tab.click("Add header").fill("Name of header 1", "X-Token").fill("Value of header 1", "abc");
        tab.shows("It would be sent", "X-Token: abc").click("Create webhook");
        tab.shows("Your webhook is ready", "whsec_").click("Done").shows("Nothing sent yet");
    }

    /** Each in its own manner: boxes, free text, or names of its logs. */
    private void choose(String system) {
        switch (system) {
            case "strapi" -> tab.click("entry: Publish").click("media: Create");
            case "modyo" -> tab.fill("Event type", "layout_page_published_log").press("Enter");
            default -> tab.fill("Event type", "collections.save.after.posts").press("Enter");
        }
    }

    private void test(String system) {
        tab.click("Test").click(".under-label").shows("204 No Content");
        Receiver.Received sent = receiver.take();
        assertThat(sent.path()).isEqualTo("/" + system);
        assertThat(sent.header("sluice-test")).isEqualTo("true");
        assertThat(sent.header("x-token")).isEqualTo("abc");
        tab.click("Edit what is sent").until("document.getElementById('test-body')");
        tab.fill("What the system sends", sample(system).encode()).click(".under-label");
        assertThat(new JsonObject(Buffer.buffer(receiver.take().body()))).isEqualTo(sample(system));
    }

    private static JsonObject sample(String system) {
        return switch (system) {
            case "strapi" -> new JsonObject().put("event", "entry.publish").put("model", "page");
            case "modyo" ->
                new JsonObject().put("trigger_uid", "layout_page_published_log").put("id", 7);
            default ->
                new JsonObject()
                        .put("event", "collections.save.after.posts")
                        .put("hook", "Build")
                        .put("args", new JsonArray());
        };
    }

    private void change(String page) {
        tab.open(pod.url() + page + "/edit").shows("Edit “Build”").fill("Name", "Site build");
        tab.click("Save").shows("Site build", "Signing secret");
        assertThat(stored(page).getString("name")).isEqualTo("Site build");
        assertThat(stored(page).getJsonArray("eventTypes")).isNotEmpty();
        assertThat(stored(page).getJsonArray("headers")).hasSize(1);
    }

    private JsonObject stored(String page) {
        return pod.api().get("/v1" + page).json();
    }
}
