package dev.sluice.life;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;

/** Where the lives of all pods say that they go on, by Redis' time. Futures fail while Redis is away. */
public interface Roll {
    /**
     * This life goes on.
     *
     * @param begins its process has just begun, and this is its first beat
     * @param paused for how long it asked for none, since it asked for the last one; zero if any failed since: then it may be
     *               Redis that was away
     */
    Future<Called> beat(String life, boolean begins, Duration paused);

    /** This life ends, and holds nothing that others may not have. */
    Future<Void> end(String life);

    /** @param over lives that ended, or said nothing for {@link Life#PATIENCE} while they could have */
    record Called(Set<String> on, Set<String> over) {}
}
