package dev.sluice.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Lengths of time in steps that grow by the root of two, from a millisecond to half a day: a percentile that is read from them
 * is never too short, and too long by two fifths.
 */
final class Scale {
    static final int STEPS = 52;

    private static final long[] UNTIL = IntStream.range(0, STEPS)
            .mapToLong(step -> Math.round(Math.pow(2, step / 2.0)))
            .toArray();

    private Scale() {}

    static int stepOf(long millis) {
        int found = Arrays.binarySearch(UNTIL, millis);
        return Math.min(found < 0 ? -found - 1 : found, STEPS - 1);
    }

    /** The end of a step in ms. */
    static long until(int step) {
        return UNTIL[step];
    }

    /**
     * @param counts of each step
     * @return in ms; -1 of nothing
     */
    static long percentile(long[] counts, double share) {
        long all = Arrays.stream(counts).sum();
        long wanted = (long) Math.ceil(all * share);
        long seen = 0;
        for (int step = 0; step < counts.length; step++) {
            seen += counts[step];
            if (seen >= wanted && seen > 0) {
                return until(step);
            }
        }
        return -1;
    }
}
