package dev.sluice.subscription.form;

import dev.sluice.fault.Faults;
import dev.sluice.fault.Unreadables;
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
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a webhook: JSON, its secrets sealed, each bound to tenant, webhook and field. Any thread.
 *
 * <p>Decoded webhooks share what many of them have in common (subscription, pacing, shape, header names), which is what
 * lets 100 000 of them fit into 100 MB.
 *
 * <p>What is no secret is stored as users see it, and read by the same code: what was valid when it was saved is.
 *
 * <h2>Other versions</h2>
 * A newer version may add members at the top, which this one ignores, and keeps when it changes the webhook. What this one
 * must not ignore, since it would send something else or elsewhere, a newer version puts where this one cannot read it:
 * deeper (in {@code auth}, say), or as another value of a member that is known. Then the whole webhook is unreadable here,
 * and what is for it waits for a pod that can read it.
 */
public final class WebhookCodec {
    private static final Set<String> KNOWN = Stream.of(
                    Set.of("id", "version", "name", "enabled", "paused", "disabledReason", "createdAt", "updatedAt"),
                    SubscriptionForm.MEMBERS,
                    TargetCodec.MEMBERS,
                    ShapeForm.MEMBERS,
                    PacingForm.MEMBERS)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private static final List<String> REQUIRED =
            List.of("id", "version", "name", "enabled", "url", "keys", "timeoutMs", "createdAt", "updatedAt");

    private final Interned shared = new Interned();
    private final TargetCodec targets;
    private final Unreadables unreadable;

    public WebhookCodec(SecretBox box) {
        this(box, Faults.UNCOUNTED);
    }

    public WebhookCodec(SecretBox box, Faults faults) {
        this.targets = new TargetCodec(box, shared);
        this.unreadable = faults.unreadable("webhook");
    }

    public String encode(Webhook webhook) {
        return encode(webhook, null);
    }

    /** @param former what is stored so far, or null */
    public String encode(Webhook webhook, @Nullable String former) {
        if (!webhook.isReadable()) {
            throw new IllegalArgumentException(
                    "webhook %s: cannot be read (expected: a whole one)".formatted(webhook.id()));
        }
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
        json.put("createdAt", webhook.createdAt().toString())
                .put("updatedAt", webhook.updatedAt().toString());
        return Newer.keep(json, former, KNOWN).encode();
    }

    /** One that cannot be read is there nevertheless, as {@link Webhook#unreadable()} says; it is logged once. */
    public Webhook read(String tenant, String id, String stored) {
        try {
            Webhook webhook = decode(tenant, stored);
            if (!webhook.id().equals(id)) {
                throw new IllegalArgumentException(
                        "webhook %s/%s: stored under %s".formatted(tenant, webhook.id(), id));
            }
            unreadable.readable(name(tenant, id));
            return webhook;
        } catch (RuntimeException broken) {
            return Remains.of(tenant, id, stored, unreadable.unreadable(name(tenant, id), broken));
        }
    }

    private static void requireAll(JsonObject json) {
        for (String name : REQUIRED) {
            if (json.getValue(name) == null) {
                throw new IllegalArgumentException("member %s: missing".formatted(name));
            }
        }
    }

    /** It is deleted. */
    public void forget(String tenant, String id) {
        unreadable.forget(name(tenant, id));
    }

    private static String name(String tenant, String id) {
        return tenant + "/" + id;
    }

    /**
     * @param tenant whose key the stored form was found under
     * @throws UnreadableSecret if a secret was sealed with another key, or for another webhook
     * @throws IllegalArgumentException if it is no form of ours
     */
    public Webhook decode(String tenant, String stored) {
        JsonObject json = new JsonObject(stored);
        requireAll(json);
        String id = json.getString("id");
        Field form = Field.root(json);
        Target target = targets.read(tenant, id, json);
        String name = json.getString("name");
        String host = Objects.requireNonNullElse(EndpointUrl.host(target.url()), "");
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
