package dev.sluice.journal;

import io.vertx.core.Future;
import java.util.List;

/**
 * Among how many partitions all pods spread the events that have no ordering key. Futures fail while Redis is away. Any
 * thread.
 */
public interface Partitioning {
    Future<Now> look();

    /** All pods follow within seconds. Answers fewer than that where too many former numbers are remembered. */
    Future<Now> raise(int partitions);

    /** @param former how many there were when names were given that are still remembered */
    record Now(int partitions, List<Integer> former) {
        public Now {
            former = List.copyOf(former);
        }
    }
}
