package dev.sluice.trace;

import dev.sluice.time.Ticker;
import java.time.Instant;
import java.time.InstantSource;

/** What time it is, and was, in nanoseconds since 1970. */
record Moments(InstantSource clock, Ticker ticker) {
    private static final long NANOS = 1_000_000_000;

    long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * NANOS + now.getNano();
    }

    /** How long ago it was, by the ticker. */
    long ago(long ticks) {
        return Math.max(0, ticker.nanos() - ticks);
    }
}
