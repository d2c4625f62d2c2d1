package dev.sluice.subscription;

import dev.sluice.bus.LocalMessage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Said on every pod soon after a webhook was written.
 *
 * @param webhook what it is now, or null if it is deleted
 * @param moved   it is known to have had another target before
 */
public record WebhookChanged(
        String tenant, String id, @Nullable Webhook webhook, boolean moved) implements LocalMessage {
    /** Of one of which this pod did not know anything. */
    public WebhookChanged(String tenant, String id, @Nullable Webhook webhook) {
        this(tenant, id, webhook, false);
    }

    public WebhookChanged asMoved() {
        return new WebhookChanged(tenant, id, webhook, true);
    }

    public static WebhookChanged from(Optional<Webhook> former, Webhook webhook) {
        boolean moved = former.filter(webhook::hasOtherTarget).isPresent();
        return new WebhookChanged(webhook.tenant(), webhook.id(), webhook, moved);
    }
}
