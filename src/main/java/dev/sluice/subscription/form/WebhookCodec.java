package dev.sluice.subscription.form;

import dev.sluice.http.Field;
import dev.sluice.secrets.SecretBox;
import dev.sluice.secrets.UnreadableSecret;
import dev.sluice.subscription.Activity;
import dev.sluice.subscription.Pacing;
import dev.sluice.subscription.Shape;
import dev.sluice.subscription.Subscription;
import dev.sluice.subscription.Target;
import dev.sluice.subscription.Webhook;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * The stored form of a webhook: JSON, its secrets sealed, each bound to tenant, webhook and field. Any thread.
 *
 * <p>Decoded webhooks share what many of them have in common (subscription, pacing, shape, header names), which is what
 * lets 100 000 of them fit into 100 MB.
 *
 * <p>What is no secret is stored as users see it, and read by the same code: what was valid when it was saved is.
 */
public final class WebhookCodec {
    private final Shared shared = new Shared();
    private final TargetCodec targets;

    public WebhookCodec(SecretBox box) {
        this.targets = new TargetCodec(box, shared);
    }

    public String encode(Webhook webhook) {
        Activity activity = webhook.activity();
        JsonObject json = new JsonObject()
                .put("id", webhook.id())
                .put("version", webhook.version())
                .put("name", webhook.name())
                .put("enabled", activity.enabled())
                .put("paused", activity.paused());
        WebhookViews.putIfPresent(json, "disabledReason", activity.disabledReason());
        SubscriptionForm.write(webhook.subscription(), json);
        targets.write(webhook, json);
        ShapeForm.write(webhook.shape(), json);
        PacingForm.write(webhook.pacing(), json);
        return json.put("createdAt", webhook.createdAt().toString())
                .put("updatedAt", webhook.updatedAt().toString())
                .encode();
    }

    /**
     * @param tenant whose key the stored form was found under
     * @throws UnreadableSecret if a secret was sealed with another key, or for another webhook
     * @throws IllegalArgumentException if it is no form of ours
     */
    public Webhook decode(String tenant, String stored) {
        JsonObject json = new JsonObject(stored);
        String id = json.getString("id");
        Field form = Field.root(json);
        Target target = targets.read(tenant, id, json);
        String name = json.getString("name");
        String host = target.url().getHost();
        Activity activity = new Activity(
                json.getBoolean("enabled"), json.getBoolean("paused", false), json.getString("disabledReason"));
        Subscription subscription = SubscriptionForm.read(form);
        Shape shape = ShapeForm.readStored(form);
        Pacing pacing = PacingForm.read(form, WebhookRules.DEFAULT);
        if (!form.errors().isEmpty()) {
            throw new IllegalArgumentException("webhook %s/%s: %s".formatted(tenant, id, form.errors()));
        }
        Instant createdAt = Instant.parse(json.getString("createdAt"));
        Instant updatedAt = Instant.parse(json.getString("updatedAt"));
        return new Webhook(
                id,
                shared.one(tenant),
                json.getLong("version"),
                name.equals(host) ? host : shared.one(name),
                shared.one(activity),
                shared.one(subscription),
                target,
                shared.one(shape),
                shared.one(pacing),
                createdAt,
                createdAt.equals(updatedAt) ? createdAt : updatedAt);
    }
}
