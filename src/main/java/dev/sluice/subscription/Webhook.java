package dev.sluice.subscription;

import java.time.Instant;

/**
 * An endpoint, and the subscription that says which events it gets. Immutable, and valid: made by
 * {@code WebhookForms} and {@code WebhookCodec} only. Secrets are in the clear here, and encrypted wherever it is written.
 *
 * @param id      {@code wh_…}
 * @param version 1 for a new webhook, one more for each change
 */
public record Webhook(
        String id,
        String tenant,
        long version,
        String name,
        Activity activity,
        Subscription subscription,
        Target target,
        Shape shape,
        Pacing pacing,
        Instant createdAt,
        Instant updatedAt) {

    /** Whether events that come now are for it. */
    public boolean enabled() {
        return activity.enabled();
    }

    /** Whether what it gets may be sent now. */
    public boolean sends() {
        return activity.enabled() && !activity.paused();
    }

    /** The next version of it, active in another way. */
    public Webhook with(Activity changed, Instant now) {
        return new Webhook(id, tenant, version + 1, name, changed, subscription, target, shape, pacing, createdAt, now);
    }

    /** The next version of it, with another target. */
    public Webhook with(Target changed, Instant now) {
        return new Webhook(
                id, tenant, version + 1, name, activity, subscription, changed, shape, pacing, createdAt, now);
    }
}
