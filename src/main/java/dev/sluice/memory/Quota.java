package dev.sluice.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Bytes that a pod may hold for one purpose, over all its event loops. Any thread. */
public final class Quota {
    private final long most;
    private final AtomicLong held = new AtomicLong();
    private final LongAdder refusals = new LongAdder();

    public Quota(long most) {
        if (most <= 0) {
            throw new IllegalArgumentException("most: %d (expected: > 0)".formatted(most));
        }
        this.most = most;
    }

    public long most() {
        return most;
    }

    public long held() {
        return held.get();
    }

    /** Not below 0, though what was {@link #force forced} may be beyond. */
    public long free() {
        return Math.max(0, most - held.get());
    }

    /** False, and nothing is taken, if there is no room. Whoever comes while nothing is held gets what it needs. */
    public boolean take(long bytes) {
        while (true) {
            long now = held.get();
            if (now > 0 && now + bytes > most) {
                refused();
                return false;
            }
            if (held.compareAndSet(now, now + bytes)) {
                return true;
            }
        }
    }

    /** Somebody found too little room, and did not even try to take it. */
    public void refused() {
        refusals.increment();
    }

    public long refusals() {
        return refusals.sum();
    }

    /** For what is in memory already, whether there is room or not. */
    public void force(long bytes) {
        held.addAndGet(bytes);
    }

    public void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }
}
