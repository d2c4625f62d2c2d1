package dev.sluice.ingest;

import dev.sluice.access.Caller;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about each of its events.
 *
 * @param tenant         the only tenant that the caller may send for, or null for any
 * @param source         the only source that the caller may send as, or null for any
 * @param idempotencyKey the request's, or null
 * @param now            the time of events that have none, ISO 8601
 * @param hops           gateways that the request came through
 */
record Stamp(
        @Nullable String tenant,
        @Nullable String source,
        @Nullable String idempotencyKey,
        String now,
        int hops) {
    static final String DEFAULT_SOURCE = "default";

    /**
     * @throws dev.sluice.http.ProblemException 400 for a wrong {@code Idempotency-Key}, 508 if the request goes in a
     *     circle
     */
    static Stamp of(Caller caller, MultiMap headers, String now) {
        return new Stamp(caller.tenant(), caller.source(), IdempotencyKey.read(headers), now, HopCount.read(headers));
    }

    /** For the events of a stream that arrive later. */
    Stamp at(String later) {
        return new Stamp(tenant, source, idempotencyKey, later, hops);
    }

    /** The request's idempotency key for one of its events, or null. */
    @Nullable
    String keyOf(long place) {
        return idempotencyKey == null ? null : idempotencyKey + '#' + place;
    }
}
