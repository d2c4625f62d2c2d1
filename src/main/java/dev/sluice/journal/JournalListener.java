package dev.sluice.journal;

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
}
