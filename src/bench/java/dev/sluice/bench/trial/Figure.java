package dev.sluice.bench.trial;

import java.util.Locale;

/** What is counted beside time. */
public enum Figure {
    /** Events a second that were due; 0: as many as went. */
    OFFERED_PER_SECOND,
    /** Events a second that were answered 2xx, while the load lasted. */
    ACCEPTED_PER_SECOND,
    /** Events answered 503 or anything else but 2xx. */
    REFUSED,
    /** Events whose answer never came. */
    UNANSWERED,
    /** Events that were due and could not be sent at all, since no connection became free. */
    UNSENT,
    /** Deliveries that had not arrived when the load ended. */
    BACKLOG,
    /** From the first arrival to the last. */
    ARRIVAL_SECONDS,
    /** The fewest deliveries that any webhook or key got. */
    LEAST_OF_TARGET,
    /** The most. */
    MOST_OF_TARGET,
    /** Deliveries that came after a later one of the same key. */
    DISORDERED,
    /** What lives in the gateway's heap, after a collection. */
    LIVE_HEAP_MB,
    /** The most memory that the gateway's process ever had. */
    GATEWAY_PEAK_MB,
    /** The memory that Redis uses. */
    REDIS_MB,
    /** How many were parked meanwhile. */
    PARKED,
    /** Requests that went out again at once. */
    SENT_AGAIN,
    /** That were made to the receiver. */
    CONNECTIONS;

    /** As in {@code bench.json}. */
    public String key() {
        StringBuilder key = new StringBuilder();
        for (String word : name().toLowerCase(Locale.ROOT).split("_", -1)) {
            key.append(key.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return key.toString();
    }
}
