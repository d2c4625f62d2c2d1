package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may see and do what in the console. */
class ConsoleAccessTest extends ConsoleHarness {
    private static final String ADMIN = "an-admin-key-of-the-test";

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
    void letsACustomerInOnceByALinkAndShowsHimHisOwn() {
        try (TestPod locked = TestPod.start(REDIS.uri(), "SLUICE_ACCESS_ADMIN_KEY", ADMIN)) {
            Rest host = locked.api().as(ADMIN);
            JsonObject settings = new JsonObject().put("url", receiver.url());
            host.post(
                    "/v1/webhooks",
                    "application/json",
                    settings.put("name", "Of another").encode());
            host.post(
                    "/v1/webhooks?tenant=acme",
                    "application/json",
                    settings.put("name", "Mine").encode());
            String path = host.post("/v1/portal", "application/json", "{\"tenant\":\"acme\"}")
                    .json()
                    .getString("path");
            tab.open(locked.url() + path).shows("All is well").click("Webhooks").shows("Mine", "portal of acme");
            assertThat(tab.text()).doesNotContain("Of another", "Sources", "Keys", "Pods", "Playground");
            assertThat(tab.script("location.hash")).isEqualTo("");
            tab.click("Mine").click("Test").click(".under-label").shows("204 No Content");
            tab.open(locked.url() + path).shows("This link has been used or has expired");
            tab.go("/").shows("All is well");
        }
    }

    @Test
    void showsACustomerThePortalOfHisHostAndHisTypesAlone() {
        try (TestPod locked = TestPod.start(REDIS.uri(), "SLUICE_ACCESS_ADMIN_KEY", ADMIN)) {
            Rest host = locked.api().as(ADMIN);
            for (String types : List.of("order.*", "**")) {
                JsonObject settings = new JsonObject()
                        .put("url", receiver.url())
                        .put("name", "Gets " + types)
                        .put("eventTypes", new JsonArray().add(types));
                host.post("/v1/webhooks?tenant=acme", settings);
            }
            String path = host.post("/v1/portal", portal()).json().getString("path");
            tab.open(locked.url() + path).shows("All is well");
            assertThat(tab.text()).doesNotContain("What came in, and what went out");
            tab.until("document.querySelector('.brand img.logo').naturalWidth === 2");
            assertThat(tab.script("getComputedStyle(document.documentElement).getPropertyValue('--blue-fill')"))
                    .asString()
                    .startsWith("light-dark(#7c3aed");
            tab.click("Webhooks").shows("Gets order.*");
            assertThat(tab.text()).doesNotContain("Gets **");
            tab.open(locked.url() + tab.path()).until("document.querySelector('.brand img.logo').naturalWidth === 2");

            tab.click("New webhook").shows("Every event that there is for you", "order.*", "invoice.sent");
            tab.fill("URL", receiver.url("/mine"))
                    .click("Only some")
                    .fill("Event type", "entry.publish")
                    .press("Enter");
            tab.click("Create webhook").shows("within order.*, invoice.sent");
            tab.click("All events")
                    .click("Create webhook")
                    .shows("Your webhook is ready")
                    .click("Done");
            tab.click("Settings").shows("order.*", "invoice.sent");
            tab.script("document.querySelector('a[href*=\"/edit\"]')?.click()");
            assertThat(tab.complaints()).isEmpty();
            tab.click("Sign out").shows("This visit is over");
            assertThat(tab.script("sessionStorage.length + document.documentElement.style.length"))
                    .isEqualTo(0);
        }
    }

    /** Its picture is two points wide. */
    private static JsonObject portal() {
        return new JsonObject()
                .put("tenant", "acme")
                .put("accent", "#7c3aed")
                .put("logo", ConsoleScene.LOGO)
                .put("eventTypes", new JsonArray().add("order.*").add("invoice.sent"));
    }

    @Test
    void makesTheFirstKeyAndIsSignedInWithIt() {
        tab.open(pod.url() + "/keys")
                .shows("No keys yet")
                .click("New key")
                .fill("Name", "me")
                .click("Create key");
        tab.shows("Your key", "slk_", "This tab is signed in with it")
                .click("Done")
                .shows("me", "admin");
        assertThat(pod.api().get("/v1/webhooks").status()).isEqualTo(401);
        tab.open(pod.url() + "/webhooks").shows("No webhooks yet");
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
}
