package dev.sluice.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
    /**
     * Why not all of the stored form could be read.
     *
     * @param isSubscriptionKnown false: it may get events that it does not want; they are looked at again before they
     *                            are sent
     */
    public record Unreadable(String reason, boolean isSubscriptionKnown) {}

    /** Null for all but those whose stored form this pod cannot read: they get events, and nothing is sent. */
    public @Nullable Unreadable unreadable() {
        return activity.unreadable();
    }

    public boolean isReadable() {
        return activity.unreadable() == null;
    }

    /** False where that is not known. */
    public boolean hasOtherTarget(Webhook former) {
        return isReadable() && former.isReadable() && !target.equals(former.target());
    }

    /** Whether events that come now are for it. */
    public boolean enabled() {
        return activity.enabled();
    }

    /** Whether what it gets may be sent now. */
    public boolean sends() {
        return activity.enabled() && !activity.paused() && isReadable();
    }

    /** This one, as if it had been saved when the other one was: what differs between them then is what was changed. */
    public Webhook at(Webhook other) {
        return new Webhook(
                id,
                tenant,
                other.version,
                name,
                activity,
                subscription,
                target,
                shape,
                pacing,
                createdAt,
                other.updatedAt);
    }

    /** The next version of it, active in another way. */
    public Webhook with(Activity changed, Instant now) {
        requireReadable();
        return new Webhook(id, tenant, version + 1, name, changed, subscription, target, shape, pacing, createdAt, now);
    }

    /** The next version of it, with another target. */
    public Webhook with(Target changed, Instant now) {
        requireReadable();
        return new Webhook(
                id, tenant, version + 1, name, activity, subscription, changed, shape, pacing, createdAt, now);
    }

    /** What would be written would lack what could not be read. */
    private void requireReadable() {
        if (!isReadable()) {
            throw new IllegalStateException("webhook %s: cannot be read, so it cannot be changed".formatted(id));
        }
    }
}
