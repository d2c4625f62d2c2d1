package dev.sluice.delivery.policy;

import java.time.Duration;
import java.util.Arrays;

/** Calls and failures of the last {@code window}, to a tenth of it. Times are nanoseconds and never go back. */
final class RollingCounts {
    private static final int BUCKETS = 10;

    private final long bucketNanos;
    private final int[] calls = new int[BUCKETS];
    private final int[] failures = new int[BUCKETS];
    /** When the first call of the window came, or one before; differences to it survive an overflow. */
    private long origin;

    private long bucket;
    private int allCalls;
    private int allFailures;

    RollingCounts(Duration window) {
        this.bucketNanos = Math.max(1, window.toNanos() / BUCKETS);
    }

    void add(long now, boolean failed) {
        if (allCalls == 0) {
            origin = now;
            bucket = 0;
        }
        moveTo((now - origin) / bucketNanos);
        int slot = slot(bucket);
        calls[slot]++;
        allCalls++;
        if (failed) {
            failures[slot]++;
            allFailures++;
        }
    }

    /** Those in the window that ends with the last {@link #add}. */
    int calls() {
        return allCalls;
    }

    int failures() {
        return allFailures;
    }

    private void moveTo(long next) {
        if (next - bucket >= BUCKETS) {
            Arrays.fill(calls, 0);
            Arrays.fill(failures, 0);
            allCalls = 0;
            allFailures = 0;
            bucket = next;
        }
        while (bucket < next) {
            bucket++;
            int slot = slot(bucket);
            allCalls -= calls[slot];
            allFailures -= failures[slot];
            calls[slot] = 0;
            failures[slot] = 0;
        }
    }

    private static int slot(long bucket) {
        return (int) (bucket % BUCKETS);
    }
}
