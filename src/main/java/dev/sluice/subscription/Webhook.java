package dev.sluice.subscription;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint, and the subscription that says which events it gets. Immutable, and valid: made by
 * {@link WebhookForms} and {@link WebhookCodec} only. Secrets are in the clear here, and encrypted wherever it is written.
 *
 * @param id         {@code wh_…}
 * @param version    1 for a new webhook, one more for each change
 * @param source     the only source whose events it gets, or null for any
 * @param eventTypes patterns: exact, {@code *} = one segment, {@code **} = any number of segments
 * @param body       null: {@code payload} for the events of a CMS source, {@code standard} for all others
 * @param keys       the signing keys in force, newest first
 * @param timeout    for the whole exchange of one attempt, body included
 * @param maxInFlight attempts under way at once on one pod, at most
 * @param retry      null: the gateway's schedule
 * @param disabledReason why Sluice disabled it, or null if a person did or it is enabled
 */
public record Webhook(
        String id,
        String tenant,
        long version,
        String name,
        URI url,
        boolean enabled,
        @Nullable String source,
        List<String> eventTypes,
        List<Header> headers,
        @Nullable BasicAuth auth,
        @Nullable BodyMode body,
        List<SigningKey> keys,
        Duration timeout,
        int maxInFlight,
        @Nullable Retry retry,
        @Nullable String disabledReason,
        Instant createdAt,
        Instant updatedAt) {
    public Webhook {
        eventTypes = List.copyOf(eventTypes);
        headers = List.copyOf(headers);
        keys = List.copyOf(keys);
    }

    /** The next version of it: disabled by Sluice, for this reason. */
    public Webhook disabled(String reason, Instant now) {
        return new Webhook(
                id,
                tenant,
                version + 1,
                name,
                url,
                false,
                source,
                eventTypes,
                headers,
                auth,
                body,
                keys,
                timeout,
                maxInFlight,
                retry,
                reason,
                createdAt,
                now);
    }

    /** @param secret true: its value is encrypted at rest and masked when read */
    public record Header(String name, String value, boolean secret) {
        @Override
        public String toString() {
            return name + ": " + (secret ? "***" : value);
        }
    }

    public record BasicAuth(String username, String password) {
        @Override
        public String toString() {
            return username + ":***";
        }
    }

    /**
     * A symmetric Standard Webhooks key.
     *
     * @param secret {@code whsec_} and the base64 of 24 to 64 random bytes
     * @param until  after this instant it does not sign any more; null for the current key
     */
    public record SigningKey(String secret, @Nullable Instant until) {
        @Override
        public String toString() {
            return "whsec_***" + (until == null ? "" : " until " + until);
        }
    }

    /** @param jitter share of each delay by which it may be shorter or longer, 0 to 1 */
    public record Retry(List<Duration> delays, double jitter) {
        public Retry {
            delays = List.copyOf(delays);
        }
    }

    public enum BodyMode {
        /** The data bytes as they came. */
        PAYLOAD,
        /** {@code {"type","timestamp","data"}}, as Standard Webhooks recommends. */
        STANDARD,
        /** CloudEvents, structured mode. */
        CLOUDEVENTS,
        /** CloudEvents, binary mode. */
        CLOUDEVENTS_BINARY;

        /** As it is written in JSON. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** @throws IllegalArgumentException if there is none */
        static BodyMode of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
