package dev.sluice.subscription;

import dev.sluice.bus.LocalMessage;
import org.jspecify.annotations.Nullable;

/**
 * Said on every pod soon after a webhook was written.
 *
 * @param webhook what it is now, or null if it is deleted
 */
public record WebhookChanged(
        String tenant, String id, @Nullable Webhook webhook) implements LocalMessage {}
