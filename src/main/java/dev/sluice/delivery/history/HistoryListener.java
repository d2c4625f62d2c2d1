package dev.sluice.delivery.history;

/** Told what the history lost. */
@FunctionalInterface
public interface HistoryListener {
    HistoryListener NONE = lines -> {};

    /** Lines that Redis could not be given in time, and that nobody will see. */
    void dropped(int lines);
}
