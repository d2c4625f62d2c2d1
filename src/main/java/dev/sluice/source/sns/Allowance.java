package dev.sluice.source.sns;

import dev.sluice.time.Ticker;
import java.time.Duration;

/** So many of something in a minute. Any thread. */
final class Allowance {
    static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int MOST = 60;

    private final Ticker ticker;

    private long minute;
    private int taken;

    Allowance(Ticker ticker) {
        this.ticker = ticker;
        this.minute = ticker.nanos();
    }

    synchronized boolean take() {
        long now = ticker.nanos();
        if (now - minute >= MINUTE) {
            minute = now;
            taken = 0;
        }
        return taken++ < MOST;
    }
}
