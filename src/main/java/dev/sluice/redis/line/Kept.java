package dev.sluice.redis.line;

import io.vertx.core.Future;
import io.vertx.redis.client.Response;

/**
 * A command that was done, and whether a failover would lose it.
 *
 * @param replicated completes when so many replicas have it as was wanted; fails if the connection was lost before: then it
 *                   is not known
 */
public record Kept(Response answer, Future<Void> replicated) {
    /** Nothing was wanted. */
    public static Kept of(Response answer) {
        return new Kept(answer, Future.succeededFuture());
    }
}
