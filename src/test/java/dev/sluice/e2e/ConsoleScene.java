package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.browser.Tab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A pod as one finds it on some day: webhooks that do well, that fail, that wait, and what is dead. */
final class ConsoleScene {
    /** A picture of two points beside each other. */
    static final String LOGO =
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGOosXorsLMRAAnoAu4qmozxAAAAAElFTkSuQmCC";

    /** The logo of a shop. */
    static final String BRAND =
            "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSIxNzAiIGhlaW"
                    + "dodD0iMzIiIHZpZXdCb3g9IjAgMCAxNzAgMzIiPjxyZWN0IHdpZHRoPSIzMiIgaGVpZ2h0PSIzMiIgcng9IjgiIGZpbGw9IiM3Yz"
                    + "NhZWQiLz48cGF0aCBkPSJNOSAyMiAxNiA5bDcgMTN6IiBmaWxsPSIjZmZmIi8+PHRleHQgeD0iNDIiIHk9IjIyIiBmb250LWZhbW"
                    + "lseT0ic2Fucy1zZXJpZiIgZm9udC1zaXplPSIxNyIgZm9udC13ZWlnaHQ9IjcwMCIgZmlsbD0iIzhiNWNmNiI+QWNtZSBTaG9wPC"
                    + "90ZXh0Pjwvc3ZnPg==";

    private static final String LONG =
            "/teams/customer-experience/regional-notifications/webhooks/receive?channel=staging&version=2026-11-01&retry=no";

    private final TestPod pod;
    private final Receiver well;
    private final Receiver ill;
    private int sources;

    final JsonObject shop;
    final JsonObject search;
    /** Its receiver is gone for good; known when the scene is filled. */
    JsonObject partner = new JsonObject();

    ConsoleScene(TestPod pod, Receiver well, Receiver ill) {
        this.pod = pod;
        this.well = well;
        this.ill = ill;
        this.shop = webhook("Shop", well.url("/shop"), "order.*");
        this.search = webhook("Search index", ill.url("/index"), "order.*", "product.**");
    }

    private JsonObject webhook(String name, String url, String... types) {
        return pod.webhook(settings(name, url, types));
    }

    private static JsonObject settings(String name, String url, String... types) {
        JsonArray patterns = new JsonArray();
        for (String type : types) {
            patterns.add(type);
        }
        return new JsonObject().put("name", name).put("url", url).put("eventTypes", patterns);
    }

    ConsoleScene fill() {
        ill.answers(503);
        webhook("Warehouse", well.url("/warehouse"), "order.paid", "order.shipped", "stock.*", "return.*");
        pod.webhook(settings("Accounting", well.url("/books"), "order.paid").put("paused", true));
        pod.webhook(settings("Old mailer", "https://mail.example.com/hooks/v1/incoming", "customer.*")
                .put("enabled", false));
        pod.webhook(settings("Website build", well.url("/build"), "entry.publish", "entry.unpublish")
                .put("source", "strapi"));
        webhook("Regional notifications for customers and partners (staging)", well.url(LONG), "customer.**");
        webhook("Try it out", pod.url() + "/playground/demo", "order.shipped");
        for (int i = 1; i <= 12; i++) {
            pod.accept(i % 3 == 0 ? "order.shipped" : "order.paid", order(i));
        }
        awaitDead();
        ill.answers(500);
        pod.accept("product.changed", order(99));
        await().until(() -> state(shop).getJsonObject("lastAttempt") != null
                && state(search).getInteger("parked") > 0);
        await().until(() ->
                pod.api().get("/v1/statistics").json().getJsonObject("total").getInteger("delivered") > 0);
        return this;
    }

    /** A receiver that is gone for good: what was for it is dead. */
    private void awaitDead() {
        Receiver gone = new Receiver();
        gone.answers(410);
        partner = webhook("Partner feed", gone.url("/feed"), "refund.*");
        for (int i = 0; i < 3; i++) {
            pod.accept("refund.made", order(i));
        }
        await().until(() -> state(partner).getInteger("deadLetters") >= 1);
        gone.close();
    }

    private static JsonObject order(int number) {
        return new JsonObject()
                .put("id", 1000 + number)
                .put("total", "19.90")
                .put("currency", "EUR")
                .put("customer", new JsonObject().put("name", "Ada").put("since", 2019))
                .put(
                        "lines",
                        new JsonArray().add(new JsonObject().put("sku", "B-17").put("count", 2)))
                .put("express", number % 2 == 0);
    }

    private JsonObject state(JsonObject webhook) {
        Rest.Answer found = pod.api().get("/v1/webhooks/" + webhook.getString("id"));
        assertThat(found.status()).isEqualTo(200);
        return found.json().getJsonObject("state");
    }

    /** Of a source of its own, whose page waits for it. */
    void sendTheFirstRequest(Tab tab) {
        String name = "first-" + ++sources;
        pod.api().post("/v1/sources", new JsonObject().put("name", name).put("dialect", "generic"));
        tab.go("/sources/" + name).until("document.querySelector('[aria-live] .state')");
        pod.api().post("/v1/sources/" + name + "/events", "application/json", "{\"type\":\"stock.low\"}");
        tab.until("document.querySelector('.note.good')");
    }

    /** What states leave behind would be in the pictures that follow. */
    void tidy() {
        pod.api().get("/v1/sources?limit=500").json().getJsonArray("sources").stream()
                .map(one -> ((JsonObject) one).getString("name"))
                .filter(name -> name.startsWith("first-") || name.startsWith("docker-hub"))
                .forEach(name -> pod.api().delete("/v1/sources/" + name));
    }

    /** Another event than this one. */
    String other(String event) {
        return pod
                .api()
                .get("/v1/deliveries?webhook=" + shop.getString("id"))
                .json()
                .getJsonArray("deliveries")
                .stream()
                .map(one -> ((JsonObject) one).getString("event"))
                .filter(one -> !one.equals(event))
                .findFirst()
                .orElseThrow();
    }

    /** Of the first delivery of a webhook in a state. */
    String delivery(JsonObject webhook, String state) {
        return pod.api()
                .get("/v1/deliveries?webhook=" + webhook.getString("id") + "&state=" + state)
                .json()
                .getJsonArray("deliveries")
                .getJsonObject(0)
                .getString("id");
    }
}
