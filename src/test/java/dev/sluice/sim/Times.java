package dev.sluice.sim;

/** Spans in nanoseconds. */
final class Times {
    static final long MICRO = 1_000;
    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000_000_000L;
    static final long MINUTE = 60 * SECOND;

    private Times() {}
}
