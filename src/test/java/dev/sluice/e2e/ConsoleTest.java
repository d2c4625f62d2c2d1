package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What a person does with the console first, and when something fails. */
class ConsoleTest extends ConsoleHarness {
    @Test
    void leadsANewcomerFromNothingToADeliveryThatIsSeen() {
        tab.open(pod.url()).shows("Welcome to Sluice").click("To my own URL");
        tab.fill("URL", receiver.url("/hook")).fill("Name", "Shop").click("Only some");
        tab.fill("Event type", "order.*").press("Enter").click("Create webhook");
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
                .shows("Nothing received yet")
                .click("500");
        tab.until("document.querySelector('[name=answer][value=fails]').checked")
                .click("New webhook to it");
        tab.fill("Name", "Mine")
                .click("Create webhook")
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
        tab.open(pod.url() + "/events").shows("Nothing since you opened this page", "Live");
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

    @Test
    void replaysPastEventsAndSaysHowFarItIs() {
        pod.accept("order.paid", new JsonObject());
        JsonObject webhook =
                pod.webhook(new JsonObject().put("url", receiver.url()).put("name", "Late"));
        tab.open(pod.url() + "/webhooks/" + webhook.getString("id") + "/replay").shows("No replays yet");
        tab.click(".end .primary").shows("Done", "1 delivery");
        String event = receiver.take().header("webhook-id");
        tab.until("!document.querySelector('.end .primary').disabled").click(".end .primary");
        assertThat(receiver.take().header("webhook-id")).isEqualTo(event);
        tab.click("Deliveries").click("Webhooks").click("Late").shows("sent once more");
    }

    @Test
    void testsAWebhookWithATypeThatItAsksFor() {
        JsonObject webhook = pod.webhook(
                new JsonObject().put("url", receiver.url()).put("eventTypes", new JsonArray().add("order.*")));
        tab.open(pod.url() + "/webhooks/" + webhook.getString("id") + "/test")
                .click(".under-label")
                .shows("204 No Content");
        assertThat(new JsonObject(receiver.take().text()).getString("type")).isEqualTo("order.test");
        tab.open(pod.url() + "/webhooks/none/nothing").shows("Nothing is here", "To the overview");
        assertThat(tab.script("document.querySelector('nav [aria-current]')")).isNull();
    }

    @Test
    void saysOnceThatNobodyAnswersAndThatNothingWasDone() {
        tab.open(pod.url() + "/sources/strapi").shows("Listening").connected(false);
        tab.click(".head .switch").shows("Sluice does not answer", "Not done. Try again when Sluice answers.");
        assertThat(tab.text().split("does not answer", -1)).hasSize(2);
        assertThat(tab.text()).doesNotContain("Listening");
        tab.connected(true).shows("Listening");
    }

    @Test
    void saysThatTheConnectionIsLostAndGoesOnWhenItIsBack() {
        tab.open(pod.url() + "/webhooks").shows("No webhooks yet").connected(false);
        tab.click("Events").click("Webhooks").shows("Sluice does not answer");
        pod.webhook(new JsonObject().put("url", receiver.url()).put("name", "Made meanwhile"));
        tab.connected(true).shows("Made meanwhile").until("!document.querySelector('.banner')");
    }

    @Test
    void keepsTheDeliveriesThatItShowsWhileTheConnectionIsLost() {
        String id = pod.webhook(new JsonObject().put("url", receiver.url()).put("name", "Kept"))
                .getString("id");
        pod.accept("order.paid", new JsonObject());
        await().until(() -> pod.api()
                .get("/v1/webhooks/" + id)
                .json()
                .getJsonObject("state")
                .containsKey("lastAttempt"));
        tab.open(pod.url() + "/deliveries").shows("order.paid").connected(false);
        tab.click("Refresh").shows("Sluice does not answer", "Not live just now", "order.paid");
        assertThat(tab.text()).doesNotContain("No deliveries yet");
    }
}
