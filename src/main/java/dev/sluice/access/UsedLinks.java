package dev.sluice.access;

import io.vertx.core.Future;
import java.time.Duration;

/** Which links were used up, over all pods. Futures fail while Redis is away. Any thread. */
@FunctionalInterface
public interface UsedLinks {
    /**
     * Uses it up.
     *
     * @param kept how long to remember it: it could be used so long
     * @return false if it was used before
     */
    Future<Boolean> use(String id, Duration kept);
}
