package dev.sluice.delivery.history;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The latest attempts of each webhook, and what is known of it as a whole, over all pods. A log that was written while
 * Redis went away may hold some lines twice. Futures fail with {@link dev.sluice.redis.trouble.RedisUnavailable} while Redis is
 * away. Any thread.
 */
public interface AttemptLog {
    /**
     * One write for all; answers for each report, in order, for how long its webhook has only failed. In a cluster some may be
     * written while others fail.
     */
    List<Future<Optional<Failing>>> append(List<Report> reports);

    /** @param lasted by Redis' clock, as {@code since} is */
    record Failing(Instant since, Duration lasted) {}

    /**
     * Newest first.
     *
     * @param cursor where an earlier page ended, or null for the first page
     * @param limit  at most so many
     * @return failed with {@link IllegalArgumentException} if the cursor is none of ours
     */
    Future<Page> list(String webhookId, Predicate<AttemptRecord> filter, @Nullable String cursor, int limit);

    /** @param cursor for the next page, or null if there is none */
    record Page(List<AttemptRecord> attempts, @Nullable String cursor) {}

    /** Those of each delivery that are kept, oldest first, in the order of the ids. */
    Future<List<List<AttemptRecord>>> of(List<String> deliveryIds);

    /** In the order of the ids; empty for a webhook of which nothing is known. */
    Future<List<Optional<Standing>>> standings(List<String> webhookIds);
}
