package dev.sluice.delivery.policy.pace;

/** How much happened lately: in the half under way and the one before. Confined; monotonic nanoseconds. */
final class LongTally {
    private final long half;
    private long began;
    private long current;
    private long before;

    /** @param half of the longest time that is looked back at */
    LongTally(long half) {
        this.half = half;
    }

    void add(long now) {
        turn(now);
        if (current + before == 0) {
            began = now;
        }
        current++;
    }

    long count(long now) {
        turn(now);
        return current + before;
    }

    /** Since when it counts, in nanoseconds until now. */
    long span(long now) {
        return count(now) == 0 ? 0 : now - began + (before > 0 ? half : 0);
    }

    void clear() {
        current = 0;
        before = 0;
    }

    private void turn(long now) {
        long passed = (now - began) / half;
        if (passed > 0) {
            before = passed == 1 ? current : 0;
            current = 0;
            began += passed * half;
        }
    }
}
