package dev.sluice.ingest.decode;

import dev.sluice.access.Caller;
import dev.sluice.event.Attributes;
import dev.sluice.event.TraceContext;
import dev.sluice.http.JsonText;
import dev.sluice.http.Query;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about each of its events.
 *
 * @param tenant         the only tenant that the caller may send for, or null for any
 * @param source         the only source that the caller may send as, or null for any
 * @param sender         the caller and the door: whose names the request uses where it does not say
 * @param idempotencyKey the request's, or null
 * @param now            the time of events that have none, ISO 8601
 * @param hops           gateways that the request came through
 * @param trace          of events that have none, or null
 */
public record Stamp(
        @Nullable String tenant,
        @Nullable String source,
        String sender,
        @Nullable String idempotencyKey,
        String now,
        int hops,
        @Nullable TraceContext trace) {
    static final String DEFAULT_SOURCE = "default";

    public Stamp(
            @Nullable String tenant,
            @Nullable String source,
            String sender,
            @Nullable String idempotencyKey,
            String now,
            int hops) {
        this(tenant, source, sender, idempotencyKey, now, hops, null);
    }

    /**
     * @throws dev.sluice.http.ProblemException 400 for a wrong {@code Idempotency-Key} or any query, 508 if the request
     *     goes in a circle
     */
    public static Stamp of(Caller caller, HttpServerRequest request, String now) {
        if (request.query() != null) {
            requireNoParameters(request);
        }
        return of(caller, request, request.path(), now);
    }

    /**
     * Of a system that may say what it likes in its query.
     *
     * @param door where it came in, without a secret
     * @throws dev.sluice.http.ProblemException as of {@link #of(Caller, HttpServerRequest, String)}
     */
    public static Stamp of(Caller caller, HttpServerRequest request, String door, String now) {
        return new Stamp(
                caller.tenant(),
                caller.source(),
                caller.id() + '\n' + door,
                IdempotencyKey.read(request.headers()),
                now,
                HopCount.read(request.headers()),
                trace(request.headers()));
    }

    /** A second {@code traceparent} is as good as none. */
    private static @Nullable TraceContext trace(MultiMap headers) {
        String parent = headers.get(Attributes.TRACE_PARENT);
        boolean isOne =
                parent != null && headers.getAll(Attributes.TRACE_PARENT).size() == 1;
        return isOne ? TraceContext.of(parent, headers.getAll(Attributes.TRACE_STATE)) : null;
    }

    /** What an event says it says in its body or its headers: a tenant in the query would be a tenant that nobody sees. */
    private static void requireNoParameters(HttpServerRequest request) {
        Query.refusal(request.params().names(), Set.of()).ifPresent(problem -> {
            throw problem.asException();
        });
    }

    /** For the events of a stream that arrive later. */
    public Stamp at(String later) {
        return new Stamp(tenant, source, sender, idempotencyKey, later, hops, trace);
    }

    /** Null without an {@code Idempotency-Key}. */
    @Nullable
    public Claim claim(JsonText body) {
        return idempotencyKey == null ? null : Claim.of(idempotencyKey, body);
    }

    /** On an event of which not everything is in the body; null without an {@code Idempotency-Key}. */
    @Nullable
    public Claim claim(Buffer body, Attributes.Builder attributes) {
        return idempotencyKey == null ? null : Claim.of(idempotencyKey, body, attributes);
    }

    /** For a line of a stream; null without an {@code Idempotency-Key}. */
    @Nullable
    public Claim claim(long number, JsonText line) {
        return idempotencyKey == null ? null : Claim.ofLine(idempotencyKey, number, line);
    }
}
