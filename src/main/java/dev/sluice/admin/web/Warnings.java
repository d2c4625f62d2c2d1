package dev.sluice.admin.web;

import dev.sluice.subscription.Reach;
import dev.sluice.subscription.Webhook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a webhook's owner should know before the first delivery fails. */
public final class Warnings {
    private Warnings() {}

    /** In {@code warnings}, if there are any. */
    public static JsonObject put(JsonObject view, Reach reach, Webhook webhook) {
        JsonArray warnings = new JsonArray();
        reach.warnings(webhook)
                .forEach(one -> warnings.add(
                        new JsonObject().put("pointer", one.pointer()).put("detail", one.detail())));
        return warnings.isEmpty() ? view : view.put("warnings", warnings);
    }
}
