package dev.sluice.delivery.share;

import java.util.Arrays;

/** How much finished in the last second, to a quarter of a second. Times are monotonic nanoseconds. */
final class Pace {
    private static final long BUCKET = 250_000_000L;
    private static final int BUCKETS = 4;

    private final int[] counts = new int[BUCKETS + 1];
    private final long[] bytes = new long[BUCKETS + 1];
    private int current;
    /** When the current bucket began; only differences to it are taken, which survive an overflow. */
    private long began;

    Pace(long now) {
        began = now;
    }

    void finished(long size, long now) {
        turn(now);
        counts[current]++;
        bytes[current] += size;
    }

    /** Deliveries. */
    int lastSecond(long now) {
        turn(now);
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    long bytesLastSecond(long now) {
        turn(now);
        long sum = 0;
        for (long part : bytes) {
            sum += part;
        }
        return sum;
    }

    private void turn(long now) {
        long passed = (now - began) / BUCKET;
        if (passed >= counts.length) {
            Arrays.fill(counts, 0);
            Arrays.fill(bytes, 0);
        } else {
            for (long i = 0; i < passed; i++) {
                current = (current + 1) % counts.length;
                counts[current] = 0;
                bytes[current] = 0;
            }
        }
        began += passed * BUCKET;
    }
}
