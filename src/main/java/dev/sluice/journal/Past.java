package dev.sluice.journal;

import dev.sluice.event.Event;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The events that the journal still holds, settled or not. Reading them changes nothing. Futures fail with {@link
 * dev.sluice.redis.trouble.RedisUnavailable} while Redis is away. Any thread.
 */
public interface Past {
    /** All that there are now, by name; the events of one ordering key are in one of them. */
    Future<List<String>> partitions();

    /** Before the first event that was accepted then. */
    static String place(Instant then) {
        return String.valueOf(then.toEpochMilli());
    }

    /**
     * Events of one partition in the order in which they were accepted.
     *
     * @param place where to begin: of a time, or of an earlier page
     * @param until accepted before then
     * @param limit at most so many; fewer if they are large
     */
    Future<Page> read(String partition, String place, Instant until, int limit);

    /**
     * @param place where the next page begins
     * @param more  false: this was the last one
     */
    record Page(List<Event> events, String place, boolean more) {}

    /** When the oldest event that is retained was accepted; empty: none is retained. */
    Future<Optional<Instant>> oldest();
}
