package dev.sluice.fanout;

import dev.sluice.event.Event;

/**
 * Told what became of events. Each event that was read ends as one of {@code unmatched} and {@code settled}, unless it is
 * given back, set aside or lost to another reader: then it ends there, and is read again.
 */
public interface FanoutListener {
    FanoutListener NONE = new FanoutListener() {};

    default void read(int events) {}

    /**
     * It is known who wants it; {@code matched}, {@code unmatched} or {@code settled} follows.
     *
     * @param readAt when it came from the journal, by the ticker of the fan-out
     */
    default void placed(Event event, int deliveries, long readAt) {}

    /** No webhook wanted it. */
    default void unmatched() {}

    /** Some webhooks wanted it. */
    default void matched(int deliveries) {}

    /** Every delivery of it is delivered, parked or dead; it was acknowledged. */
    default void settled() {}

    /** Events that this reader holds now. */
    default void holding(int events) {}
}
