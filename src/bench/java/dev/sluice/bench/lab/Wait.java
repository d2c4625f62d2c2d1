package dev.sluice.bench.lab;

import dev.sluice.time.Ticker;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for other processes. */
public final class Wait {
    private static final Duration STEP = Duration.ofMillis(20);

    private Wait() {}

    public static void until(String what, Duration patience, BooleanSupplier holds) {
        if (!whether(patience, holds)) {
            throw new BenchFailed("not within %d s: %s".formatted(patience.toSeconds(), what));
        }
    }

    /** Whether it came to hold within the time. */
    public static boolean whether(Duration patience, BooleanSupplier holds) {
        long start = Ticker.SYSTEM.nanos();
        while (!holds.getAsBoolean()) {
            if (Ticker.SYSTEM.nanos() - start > patience.toNanos()) {
                return false;
            }
            rest(STEP);
        }
        return true;
    }

    public static void rest(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted", e);
        }
    }
}
