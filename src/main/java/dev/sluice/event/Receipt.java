package dev.sluice.event;

/**
 * What became of an event that the journal was given.
 *
 * @param id of the event, or of the earlier one whose name it bears
 */
public record Receipt(EventId id, Fate fate) {
    public enum Fate {
        /** Durable, and new. */
        STORED,
        /** Accepted before, within the idempotency window, under this id. */
        DUPLICATE,
        /** Not stored: its name was given to something else before, within the idempotency window. */
        CONFLICT
    }

    public static Receipt stored(EventId id) {
        return new Receipt(id, Fate.STORED);
    }

    public boolean isStored() {
        return fate == Fate.STORED;
    }

    public boolean isDuplicate() {
        return fate == Fate.DUPLICATE;
    }

    public boolean isConflict() {
        return fate == Fate.CONFLICT;
    }
}
