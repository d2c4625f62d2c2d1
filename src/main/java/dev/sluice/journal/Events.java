package dev.sluice.journal;

import dev.sluice.event.Event;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/**
 * Accepted events, for as long as they are retained. Futures fail with {@link dev.sluice.redis.trouble.RedisUnavailable} while
 * Redis is away. Any thread.
 */
public interface Events {
    /** Empty for what is retained no more, was never accepted, or is no event's id. */
    Future<Optional<Kept>> find(String eventId);

    /** @param pending some of its deliveries may not have begun */
    record Kept(Event event, Instant acceptedAt, boolean pending) {}
}
