package dev.sluice.journal;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far behind the readers of the journal are, for people. Futures fail while Redis is away. Any thread. */
@FunctionalInterface
public interface Lags {
    /** Of each partition, the free ones first. */
    Future<List<Lag>> look();

    /**
     * Of one partition.
     *
     * @param reader        who alone reads it, by its lease; null: nobody does now, or all share it
     * @param unread        events that nobody has read; negative: Redis cannot tell
     * @param unsettled     events that were read and are not settled
     * @param oldestUnread  zero if there is none
     * @param oldestPending of those that are not settled; zero if there is none
     */
    record Lag(
            String partition,
            boolean keyed,
            @Nullable String reader,
            long unread,
            long unsettled,
            Duration oldestUnread,
            Duration oldestPending) {}
}
