package dev.sluice.delivery;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Circuit;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * Told by the lanes of one event loop what happens, for people to look at. No delivery depends on it: calls return at
 * once and never fail, and what it cannot keep is lost.
 */
public interface History {
    History NONE = new History() {};

    /**
     * @param number 1 for the first attempt
     * @param next   until the earliest next attempt; zero if there will be none
     */
    default void attempted(LaneKey lane, Delivery delivery, int number, Answer answer, Fate fate, Duration next) {}

    /** A delivery ended without an attempt. */
    default void ended(LaneKey lane, String deliveryId, Fate fate, String reason) {}

    default void circuit(LaneKey lane, Circuit.State state, String reason) {}

    /** The webhook is disabled: if it is enabled again, it is not judged by failures from before. */
    default void startOver(LaneKey lane) {}

    /** Writes what is there, and completes also if that cannot be. Call it when nothing more comes. */
    default Future<Void> drain() {
        return Future.succeededFuture();
    }
}
