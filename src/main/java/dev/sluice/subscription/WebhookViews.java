package dev.sluice.subscription;

import dev.sluice.subscription.Webhook.BasicAuth;
import dev.sluice.subscription.Webhook.Header;
import dev.sluice.subscription.Webhook.Retry;
import dev.sluice.subscription.Webhook.SigningKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Webhooks as users see them. */
final class WebhookViews {
    private WebhookViews() {}

    /** Secrets are masked, signing keys absent. Members without a value are absent. */
    static JsonObject masked(Webhook webhook) {
        JsonObject json = new JsonObject()
                .put("id", webhook.id())
                .put("tenant", webhook.tenant())
                .put("name", webhook.name())
                .put("url", webhook.url().toString())
                .put("enabled", webhook.enabled());
        putIfPresent(json, "disabledReason", webhook.disabledReason());
        putIfPresent(json, "source", webhook.source());
        json.put("eventTypes", new JsonArray(webhook.eventTypes()));
        json.put("headers", headers(webhook.headers()));
        putIfPresent(json, "auth", auth(webhook.auth()));
        putIfPresent(
                json, "body", webhook.body() == null ? null : webhook.body().text());
        json.put("signing", new JsonObject().put("algorithm", SigningKeys.ALGORITHM));
        json.put("timeoutMs", webhook.timeout().toMillis());
        json.put("maxInFlight", webhook.maxInFlight());
        putIfPresent(json, "retry", retry(webhook.retry()));
        return json.put("version", webhook.version())
                .put("createdAt", webhook.createdAt().toString())
                .put("updatedAt", webhook.updatedAt().toString());
    }

    static JsonObject signingKeys(Webhook webhook, Instant now) {
        List<SigningKey> keys = SigningKeys.inForce(webhook.keys(), now);
        JsonArray previous = new JsonArray();
        keys.stream()
                .filter(key -> key.until() != null)
                .forEach(key -> previous.add(
                        new JsonObject().put("key", key.secret()).put("until", String.valueOf(key.until()))));
        return new JsonObject().put("key", webhook.keys().get(0).secret()).put("previous", previous);
    }

    private static JsonArray headers(List<Header> headers) {
        JsonArray array = new JsonArray();
        headers.forEach(header -> array.add(new JsonObject()
                .put("name", header.name())
                .put("value", header.secret() ? Mask.TEXT : header.value())
                .put("secret", header.secret())));
        return array;
    }

    private static @Nullable JsonObject auth(@Nullable BasicAuth auth) {
        return auth == null
                ? null
                : new JsonObject()
                        .put("type", "basic")
                        .put("username", auth.username())
                        .put("password", Mask.TEXT);
    }

    static @Nullable JsonObject retry(@Nullable Retry retry) {
        return retry == null
                ? null
                : new JsonObject()
                        .put(
                                "delaysMs",
                                new JsonArray(retry.delays().stream()
                                        .map(Duration::toMillis)
                                        .toList()))
                        .put("jitter", retry.jitter());
    }

    static void putIfPresent(JsonObject json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
