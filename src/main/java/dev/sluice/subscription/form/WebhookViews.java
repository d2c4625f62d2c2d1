package dev.sluice.subscription.form;

import dev.sluice.subscription.Auth;
import dev.sluice.subscription.Target;
import dev.sluice.subscription.Target.SigningKey;
import dev.sluice.subscription.TlsProfile;
import dev.sluice.subscription.Webhook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Webhooks as users see them. */
final class WebhookViews {
    private WebhookViews() {}

    /** Secrets are masked, signing keys absent. Members without a value are absent. */
    static JsonObject masked(Webhook webhook) {
        Webhook.Unreadable unreadable = webhook.unreadable();
        if (unreadable != null) {
            return remains(webhook, unreadable);
        }
        JsonObject json = new JsonObject()
                .put("id", webhook.id())
                .put("tenant", webhook.tenant())
                .put("name", webhook.name())
                .put("url", webhook.target().url().toString())
                .put("enabled", webhook.activity().enabled())
                .put("paused", webhook.activity().paused());
        putIfPresent(json, "disabledReason", webhook.activity().disabledReason());
        SubscriptionForm.write(webhook.subscription(), json);
        target(webhook.target(), json);
        ShapeForm.write(webhook.shape(), json);
        PacingForm.write(webhook.pacing(), json);
        return json.put("version", webhook.version())
                .put("createdAt", webhook.createdAt().toString())
                .put("updatedAt", webhook.updatedAt().toString());
    }

    /** What can be told of it; a default here might be taken for what it says. */
    private static JsonObject remains(Webhook webhook, Webhook.Unreadable unreadable) {
        JsonObject json = new JsonObject()
                .put("id", webhook.id())
                .put("tenant", webhook.tenant())
                .put("name", webhook.name())
                .put("url", webhook.target().url().toString())
                .put("enabled", webhook.activity().enabled())
                .put("paused", webhook.activity().paused())
                .put("version", webhook.version())
                .put("unreadable", unreadable.reason());
        if (unreadable.isSubscriptionKnown()) {
            SubscriptionForm.write(webhook.subscription(), json);
        }
        return json.put("createdAt", webhook.createdAt().toString())
                .put("updatedAt", webhook.updatedAt().toString());
    }

    private static void target(Target target, JsonObject json) {
        json.put("headers", HeadersForm.write(target.headers()));
        Auth auth = target.auth();
        putIfPresent(json, "auth", auth == null ? null : AuthForm.masked(auth));
        JsonObject signing = new JsonObject()
                .put("algorithm", SigningKeys.algorithm(target.keys()).text());
        putIfPresent(signing, "bodyHeader", target.bodyHeader());
        json.put("signing", signing);
        TlsProfile tls = target.tls();
        putIfPresent(json, "tls", tls == null ? null : TlsForm.masked(tls));
        json.put("timeoutMs", target.timeout().toMillis());
    }

    static JsonObject signingKeys(Webhook webhook, Instant now) {
        SigningKeys.requireAny(webhook.target().keys());
        List<SigningKey> keys = SigningKeys.inForce(webhook.target().keys(), now);
        JsonArray previous = new JsonArray();
        keys.stream()
                .filter(key -> key.until() != null)
                .forEach(key -> previous.add(
                        new JsonObject().put("key", key.verifier()).put("until", String.valueOf(key.until()))));
        return new JsonObject()
                .put("key", webhook.target().keys().get(0).verifier())
                .put("previous", previous);
    }

    static void putIfPresent(JsonObject json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
