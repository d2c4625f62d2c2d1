package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.RedisServer;
import dev.sluice.testing.browser.Browser;
import dev.sluice.testing.browser.Tab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The console in a real browser, over a whole pod. */
class ConsoleTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    @RegisterExtension
    final Receiver receiver = new Receiver();

    private static final String ADMIN = "an-admin-key-of-the-test";

    private static Browser browser;
    private Tab tab;

    @BeforeAll
    static void openBrowser() {
        browser = Browser.open();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void openTab() {
        tab = browser.tab();
    }

    /** What the page complained of would be seen by nobody else. */
    @AfterEach
    void findsNothingToComplainOf() {
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void leadsANewcomerFromNothingToADeliveryThatIsSeen() {
        tab.open(pod.url()).shows("Welcome to Sluice").click("To my own URL");
        tab.fill("URL", receiver.url("/hook")).fill("Name", "Shop").click("Only some");
        tab.fill("Event type", "order.*").press("Enter").click("Make webhook");
        tab.shows("Your webhook is ready", "whsec_", "standardwebhooks").click("Done");
        tab.shows("No deliveries yet", "Nothing sent yet");

        tab.click("Send an event").click("Send");
        tab.shows("order.paid", "Deliveries", "Shop");
        assertThat(receiver.take().header("webhook-id")).startsWith("evt_");

        tab.click("Webhooks").click("Shop").shows("Delivering", "order.paid").click("order.paid");
        tab.shows("204 No Content", "Attempt 1", "\"total\"");
    }

    @Test
    void showsInThePlaygroundThatAReceiverFailsAndHealsAndThatTheSignatureIsRight() {
        tab.open(pod.url() + "/webhooks")
                .click("No receiver at hand? Take the playground.")
                .shows("Nothing came yet")
                .click("500");
        tab.until("document.querySelector('[name=answer][value=fails]').checked")
                .click("New webhook to it");
        tab.fill("Name", "Mine")
                .click("Make webhook")
                .shows("Your webhook is ready")
                .click("Done");
        tab.click("Events").click("Send").shows("order.paid", "Mine").click("Playground");
        tab.shows("order.paid", "Signature is right", "500");
        tab.click("Well").until("document.querySelector('[name=answer][value=well]').checked");
        tab.click("Webhooks")
                .click("Mine")
                .shows("Retrying")
                .click("order.paid")
                .click("Retry now");
        tab.shows("204 No Content", "500 Internal Server Error", "Delivered");
    }

    @Test
    void showsWhatHappensAsItHappens() {
        JsonObject webhook =
                pod.webhook(new JsonObject().put("url", receiver.url()).put("name", "Shop"));
        tab.open(pod.url() + "/webhooks/" + webhook.getString("id")).shows("No deliveries yet", "Live");
        pod.accept("order.paid", new JsonObject());
        tab.shows("order.paid", "Delivered", "204 No Content", "100%");
        tab.open(pod.url() + "/events").shows("Nothing since you are here", "Live");
        pod.accept("order.shipped", new JsonObject());
        tab.shows("order.shipped", "2 bytes");
    }

    @Test
    void saysWhatIsWrongWorstFirstAndMendsAllThatFailedAlike() {
        receiver.answers(500);
        JsonObject webhook =
                pod.webhook(new JsonObject().put("url", receiver.url()).put("name", "Shop"));
        for (int i = 0; i < 3; i++) {
            pod.accept("order.paid", new JsonObject().put("id", i));
            receiver.take();
        }
        awaitAttempt(webhook);
        tab.open(pod.url()).shows("1 thing is wrong", "Shop has failed for").click("Shop has failed for");
        tab.shows("Problems", "500 Internal Server Error", "3 deliveries");
        receiver.answers(204);
        tab.click("Retry 3").shows("50%").until("!document.body.innerText.includes('Problems')");
        tab.open(pod.url()).shows("All is well");
    }

    @Test
    void asksForAKeyAndThenShowsThePlaceThatWasAskedFor() {
        try (TestPod locked = TestPod.start(REDIS.uri(), "SLUICE_ACCESS_ADMIN_KEY", ADMIN)) {
            String webhook = locked.api()
                    .as(ADMIN)
                    .post(
                            "/v1/webhooks",
                            "application/json",
                            new JsonObject().put("url", receiver.url()).encode())
                    .json()
                    .getString("id");
            tab.open(locked.url() + "/webhooks/" + webhook + "/settings").shows("Sign in");
            tab.fill("API key", "slk_wrong").press("Enter").shows("not known");
            tab.fill("API key", ADMIN).press("Enter").shows("Signing secret", receiver.url());
            assertThat(tab.path()).isEqualTo("/webhooks/" + webhook + "/settings");

            tab.open(locked.url() + "/webhooks")
                    .shows("New webhook")
                    .click("Sign out")
                    .shows("API key");
            assertThat(tab.script("sessionStorage.length")).isEqualTo(0);
        }
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
        tab.click("Look").shows("1 webhook would get it", "/entry/password", "What would be kept");
        tab.click(".switch").shows("recorded and delivered to nobody");
        assertThat(pod.api().get("/v1/sources/strapi").json().getBoolean("enabled"))
                .isFalse();
    }

    @Test
    void makesTheFirstKeyAndIsSignedInWithIt() {
        tab.open(pod.url() + "/keys")
                .shows("No keys yet")
                .click("New key")
                .fill("Name", "me")
                .click("Make key");
        tab.shows("Your key", "slk_", "This tab is signed in with it")
                .click("Done")
                .shows("me", "admin");
        assertThat(pod.api().get("/v1/webhooks").status()).isEqualTo(401);
        tab.open(pod.url() + "/webhooks").shows("No webhooks yet");
    }

    @Test
    void replaysPastEventsAndSaysHowFarItIs() {
        pod.accept("order.paid", new JsonObject());
        JsonObject webhook =
                pod.webhook(new JsonObject().put("url", receiver.url()).put("name", "Late"));
        tab.open(pod.url() + "/webhooks/" + webhook.getString("id") + "/replay").shows("No replays yet");
        tab.click(".end .primary").shows("Done", "1 delivery");
        assertThat(receiver.take().header("webhook-id")).startsWith("evt_");
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

    @Test
    void offersAReaderNothingThatHeMayNotDo() {
        try (TestPod locked = TestPod.start(REDIS.uri(), "SLUICE_ACCESS_ADMIN_KEY", ADMIN)) {
            Rest admin = locked.api().as(ADMIN);
            JsonObject webhook = new JsonObject().put("url", receiver.url()).put("name", "Shop");
            String id = admin.post("/v1/webhooks", "application/json", webhook.encode())
                    .json()
                    .getString("id");
            String reader = admin.post(
                            "/v1/keys",
                            "application/json",
                            new JsonObject()
                                    .put("name", "support")
                                    .put("role", "read")
                                    .encode())
                    .json()
                    .getString("token");
            tab.open(locked.url() + "/webhooks")
                    .fill("API key", reader)
                    .press("Enter")
                    .shows("Shop", "support");
            assertThat(tab.text()).doesNotContain("New webhook");
            tab.open(locked.url() + "/webhooks/" + id + "/settings").shows("Requests at a time");
            assertThat(tab.text()).doesNotContain("Signing secret", "Send a test", "Change\n");
            tab.open(locked.url() + "/webhooks/new").shows("may read, but not change");
        }
    }

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

    @Test
    void keepsWhatWasTypedAndSaysAtItsFieldWhatIsWrong() {
        tab.open(pod.url() + "/webhooks/new").fill("URL", "ftp://nowhere").fill("Name", "Typed");
        tab.choose("Events come from", "strapi").click("Only some").click("Entry");
        tab.open(pod.url() + "/webhooks/new").shows("Publish");
        assertThat(tab.script("document.getElementById('name').value")).isEqualTo("Typed");
        assertThat(tab.script("document.querySelectorAll('.matrix td input:checked').length"))
                .isEqualTo(6);
        tab.click("Make webhook").until("document.getElementById('url').getAttribute('aria-invalid') === 'true'");
        tab.shows("Not saved yet", "http");
        tab.fill("URL", receiver.url()).click("Make webhook").shows("Your webhook is ready");
    }

    @Test
    void saysThatTheConnectionIsLostAndGoesOnWhenItIsBack() {
        tab.open(pod.url() + "/webhooks").shows("No webhooks yet").connected(false);
        tab.click("Events").click("Webhooks").shows("Sluice does not answer");
        pod.webhook(new JsonObject().put("url", receiver.url()).put("name", "Made meanwhile"));
        tab.connected(true).shows("Made meanwhile").until("!document.querySelector('.banner')");
    }

    @Test
    void retriesADeliveryAndShowsThatItArrived() {
        receiver.answers(503);
        JsonObject webhook =
                pod.webhook(new JsonObject().put("url", receiver.url()).put("name", "Shop"));
        pod.accept("order.paid", new JsonObject().put("id", 7));
        receiver.take();
        tab.open(pod.url() + "/webhooks/" + webhook.getString("id"))
                .shows("Retrying", "503")
                .click("order.paid");
        tab.shows("503 Service Unavailable", "A proxy answers");
        receiver.answers(204);
        tab.click("Retry now").shows("Delivered", "204 No Content", "Attempt 2");
    }

    /** The history is written behind the attempts. */
    private void awaitAttempt(JsonObject webhook) {
        String path = "/v1/webhooks/" + webhook.getString("id") + "/attempts";
        await().until(() -> !pod.api().get(path).json().getJsonArray("attempts").isEmpty());
    }
}
