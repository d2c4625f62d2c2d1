package dev.sluice.trace;

/** Told what became of spans: each one that was made is exported, dropped, or still waits. Any thread. */
public interface TraceListener {
    TraceListener NONE = new TraceListener() {};

    /** The receiver has them. */
    default void exported(int spans) {}

    /** Nobody will see them: there was no room, or the receiver refused them. */
    default void dropped(int spans) {}
}
