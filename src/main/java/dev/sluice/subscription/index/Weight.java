package dev.sluice.subscription.index;

import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.subscription.Patterns;
import dev.sluice.subscription.Subscription;
import dev.sluice.subscription.Target;
import dev.sluice.subscription.TlsProfile;
import dev.sluice.subscription.Webhook;
import io.vertx.core.json.Json;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What webhooks weigh in the memory of each pod: the number of their patterns, and the characters of what people may make
 * long. A segment of a pattern may be a node of the trie, so it counts for what a node takes beside its name.
 */
public record Weight(long patterns, long characters) {
    public static final Weight NONE = new Weight(0, 0);

    /** All webhooks of a tenant together. Every pod that serves the tenant holds all of them. */
    public static final int MOST_PATTERNS = 200_000;

    public static final int MOST_CHARACTERS = 128 << 20;

    private static final int NODE = 64;

    public static Weight of(Webhook webhook) {
        Subscription wanted = webhook.subscription();
        Target target = webhook.target();
        long characters = (long) length(webhook.name())
                + target.url().toString().length()
                + length(webhook.shape().transform())
                + (wanted.filter() == null
                        ? 0
                        : Json.encode(wanted.filter().toJson()).length())
                + wanted.eventTypes().stream().mapToLong(Weight::ofPattern).sum()
                + target.headers().stream()
                        .mapToLong(header ->
                                header.name().length() + header.value().length())
                        .sum()
                + ofTls(target.tls());
        return new Weight(wanted.eventTypes().size(), characters);
    }

    private static long ofPattern(String pattern) {
        return pattern.length() + (long) NODE * Patterns.segments(pattern).length;
    }

    private static long ofTls(@Nullable TlsProfile tls) {
        return tls == null
                ? 0
                : Stream.of(length(tls.ca()), length(tls.clientCertificate()), length(tls.clientKey()))
                        .mapToLong(Integer::longValue)
                        .sum();
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    public Weight plus(Weight other) {
        return new Weight(patterns + other.patterns, characters + other.characters);
    }

    public Weight minus(Weight other) {
        return new Weight(patterns - other.patterns, characters - other.characters);
    }

    /**
     * What makes it no heavier is taken however heavy it is.
     *
     * @param more what a change adds to it, below 0 where it takes away
     * @throws ProblemException 409 {@code too-many-webhooks} where that is more than a tenant may have
     */
    public void requireRoomFor(Weight more, String tenant) {
        require(tenant, "patterns", patterns, more.patterns, MOST_PATTERNS);
        require(tenant, "characters", characters, more.characters, MOST_CHARACTERS);
    }

    private static void require(String tenant, String what, long now, long more, long most) {
        if (more > 0 && now + more > most) {
            throw Problem.of(
                            409,
                            "too-many-webhooks",
                            "The tenant has too many webhooks",
                            "%d %s in all webhooks of the tenant '%s' together (expected: at most %d; delete some, or give them fewer)"
                                    .formatted(now + more, what, tenant, most))
                    .asException();
        }
    }
}
