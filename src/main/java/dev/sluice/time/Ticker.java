package dev.sluice.time;

/** Monotonic time in nanoseconds, with an arbitrary origin: for spans, never for dates. */
@FunctionalInterface
public interface Ticker {
    Ticker SYSTEM = System::nanoTime;

    long nanos();
}
