package dev.sluice.testing;

import dev.sluice.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that stands until it is moved, as a ticker and as dates. Starts near the overflow of a nanosecond counter. */
public final class ManualTicker implements Ticker, InstantSource {
    public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final long origin = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();
    private Duration passed = Duration.ZERO;

    @Override
    public long nanos() {
        return origin + passed.toNanos();
    }

    @Override
    public Instant instant() {
        return START.plus(passed);
    }

    public void advance(Duration span) {
        passed = passed.plus(span);
    }

    /** Since the start. */
    public Duration passed() {
        return passed;
    }
}
