package dev.sluice.journal;

import java.time.Duration;

/**
 * Told what the journal did. {@code appended} counts every stored event once: over all pods
 * {@code appended = unmatched + settled + pending}, where pending is what {@link #measured} last told.
 */
public interface JournalListener {
    JournalListener NONE = new JournalListener() {};

    /** Events that became durable and were not there before, in one write. */
    default void appended(int events, int duplicates) {}

    /** A write whose outcome is unknown. */
    default void appendFailed(int events) {}

    /** Entries taken over from a reader that went away. */
    default void claimed(int entries) {}

    /** The state of a partition in Redis: entries that no reader has acknowledged, and all that are kept. */
    default void measured(String partition, long pending, long kept) {}

    /**
     * How long the oldest events of a partition wait; zero where none does.
     *
     * @param unread    that no pod has read
     * @param unsettled that a pod has read
     */
    default void waits(String partition, Duration unread, Duration unsettled) {}
}
