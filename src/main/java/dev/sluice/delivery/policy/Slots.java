package dev.sluice.delivery.policy;

/** Tokens that become usable one by one, each for a while. Confined to its {@link TokenBucket}; monotonic nanoseconds. */
final class Slots {
    private final long spacing;
    private final long keep;

    private int count;
    /** From when on the first of those left may be used. */
    private long first;

    /**
     * @param spacing from one to the next; 0: all at once
     * @param keep    how long after its time each may be used; below 0: never
     */
    Slots(int count, long first, long spacing, long keep) {
        this.count = count;
        this.first = first;
        this.spacing = spacing;
        this.keep = keep;
    }

    int count() {
        return count;
    }

    long first() {
        return first;
    }

    /** From when on the last of those left may be used. */
    long last() {
        return first + (count - 1) * spacing;
    }

    void use() {
        drop(1);
    }

    void dropStale(long now) {
        long late = now - keep - first;
        if (late > 0) {
            drop(spacing == 0 ? count : (int) Math.min(count, (late + spacing - 1) / spacing));
        }
    }

    private void drop(int tokens) {
        count -= tokens;
        first += tokens * spacing;
    }
}
