package dev.sluice.source.signature;

import dev.sluice.source.place.Letter;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request that wants to be let in.
 *
 * @param where  its URL, as the producer was given it, as far as that is known
 * @param query  of the URL, or null
 * @param secret what stands behind the path of the source, or null
 * @param remote the address that it came from
 * @param isProved whether the source tells anybody the HMAC of a {@link Challenge}
 * @param mayBeAnybody whether this gateway lets in who brings nothing, where a source says so
 * @param receivedAt ISO 8601
 */
public record Knock(
        String method,
        Supplier<String> where,
        MultiMap headers,
        @Nullable String query,
        @Nullable String secret,
        String remote,
        BooleanSupplier isProved,
        boolean mayBeAnybody,
        String receivedAt) {
    String url() {
        return where.get();
    }

    public Instant now() {
        return Instant.parse(receivedAt);
    }

    /** @param body as it came */
    public Letter letter(Buffer body) {
        return new Letter(headers, query, body, body, List.of());
    }
}
