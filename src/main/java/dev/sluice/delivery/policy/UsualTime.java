package dev.sluice.delivery.policy;

import java.time.Duration;

/** How long good attempts at one endpoint usually take. Nanoseconds. */
final class UsualTime {
    private static final int WARM = 16;
    private static final int MUCH = 4;
    private static final long NOTICEABLE = Duration.ofMillis(500).toNanos();

    private int seen;
    private double mean;

    boolean isExceededBy(long took) {
        return seen >= WARM && took > NOTICEABLE && took > MUCH * mean;
    }

    /**
     * A slow one counts, too, but for no more than is just not slow: what lasts becomes usual.
     *
     * @param memory over about how many attempts the mean is taken
     */
    void add(long took, int memory) {
        if (seen < WARM) {
            seen++;
            mean += ((double) took - mean) / seen;
        } else {
            mean += (Math.min((double) took, MUCH * mean) - mean) / memory;
        }
    }
}
