package dev.sluice.delivery;

import java.time.Duration;
import java.util.Map;

/** Told now and then what waits in Redis, of all pods; by shard, so that each part is counted once. */
public interface BacklogListener {
    /** Of a parked delivery. */
    enum State {
        /** It may go, and no pod has begun it. */
        DUE,
        /** It might go, but nothing of its webhook is sent now: the circuit is open, the endpoint asked to wait, it is paused. */
        RESTING,
        /** It waits for its time or for its turn, or is under way. */
        LATER
    }

    /** @param oldest since the event of the oldest was accepted, or since it was due; of those looked at */
    record Part(long count, Duration oldest) {}

    /**
     * @param bytes       of all that is parked
     * @param deadLetters that are kept
     * @param overdue     since a pod should have looked at the webhook that waits longest for one
     */
    record Backlog(Map<State, Part> parts, long bytes, long deadLetters, Duration overdue) {}

    void waits(int shard, Backlog backlog);

    /** Redis answered a question of a few numbers in so long. */
    default void answered(Duration took) {}
}
