package dev.sluice.testing;

import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.Webhook.Header;
import dev.sluice.subscription.Webhook.SigningKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Webhooks for tests, from a plain one by small changes. */
public final class Webhooks {
    public static final Instant CREATED = Instant.parse("2026-11-21T10:00:00Z");
    public static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private Webhooks() {}

    /** Enabled, of tenant {@code default}, for any source, one signing key, wants {@code eventTypes}. */
    public static Webhook webhook(String id, String... eventTypes) {
        return new Webhook(
                id,
                "default",
                1,
                "receiver.example",
                URI.create("https://receiver.example/" + id),
                true,
                null,
                List.of(eventTypes),
                List.of(),
                null,
                null,
                List.of(new SigningKey(KEY, null)),
                Duration.ofSeconds(15),
                16,
                null,
                null,
                CREATED,
                CREATED);
    }

    public static Webhook ofTenant(Webhook webhook, String tenant) {
        return copy(webhook, tenant, webhook.version(), webhook.name(), webhook.enabled(), webhook.source());
    }

    public static Webhook ofSource(Webhook webhook, @Nullable String source) {
        return copy(webhook, webhook.tenant(), webhook.version(), webhook.name(), webhook.enabled(), source);
    }

    public static Webhook disabled(Webhook webhook) {
        return copy(webhook, webhook.tenant(), webhook.version(), webhook.name(), false, webhook.source());
    }

    /** With the next version. */
    public static Webhook renamed(Webhook webhook, String name) {
        return copy(webhook, webhook.tenant(), webhook.version() + 1, name, webhook.enabled(), webhook.source());
    }

    public static Webhook nextVersion(Webhook webhook) {
        return renamed(webhook, webhook.name());
    }

    public static Webhook withHeaders(Webhook webhook, Header... headers) {
        return new Webhook(
                webhook.id(),
                webhook.tenant(),
                webhook.version(),
                webhook.name(),
                webhook.url(),
                webhook.enabled(),
                webhook.source(),
                webhook.eventTypes(),
                List.of(headers),
                webhook.auth(),
                webhook.body(),
                webhook.keys(),
                webhook.timeout(),
                webhook.maxInFlight(),
                webhook.retry(),
                webhook.disabledReason(),
                webhook.createdAt(),
                webhook.updatedAt());
    }

    public static Webhook withMaxInFlight(Webhook webhook, int maxInFlight) {
        return withLimits(webhook, maxInFlight, webhook.retry());
    }

    public static Webhook withRetry(Webhook webhook, Duration... delays) {
        return withLimits(webhook, webhook.maxInFlight(), new Webhook.Retry(List.of(delays), 0));
    }

    private static Webhook withLimits(Webhook webhook, int maxInFlight, Webhook.@Nullable Retry retry) {
        return new Webhook(
                webhook.id(),
                webhook.tenant(),
                webhook.version(),
                webhook.name(),
                webhook.url(),
                webhook.enabled(),
                webhook.source(),
                webhook.eventTypes(),
                webhook.headers(),
                webhook.auth(),
                webhook.body(),
                webhook.keys(),
                webhook.timeout(),
                maxInFlight,
                retry,
                webhook.disabledReason(),
                webhook.createdAt(),
                webhook.updatedAt());
    }

    private static Webhook copy(
            Webhook webhook, String tenant, long version, String name, boolean enabled, @Nullable String source) {
        return new Webhook(
                webhook.id(),
                tenant,
                version,
                name,
                webhook.url(),
                enabled,
                source,
                webhook.eventTypes(),
                webhook.headers(),
                webhook.auth(),
                webhook.body(),
                webhook.keys(),
                webhook.timeout(),
                webhook.maxInFlight(),
                webhook.retry(),
                webhook.disabledReason(),
                webhook.createdAt(),
                webhook.updatedAt());
    }
}
