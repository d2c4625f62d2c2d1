package dev.sluice.life;

import dev.sluice.time.Ticker;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The times in which this process alone may act on something, as whoever does needs to know them: an epoch is one
 * uninterrupted time for which one reader holds one keyed partition, or one {@link Life} of this pod. Its number is never
 * used again in this process.
 *
 * <p>An epoch that has ended never comes back, and everybody sees it end at once: by the clock, if nobody extended it in
 * time. So what was told "no longer held" may be dropped by one and ignored by the other, without a word between them.
 * Any thread.
 */
public final class Epochs {
    /** Of what was read from a free partition, which needs no lease, or is in nobody's hands: not an epoch of this class. */
    public static final long NONE = 0;

    private final Ticker ticker;
    private final AtomicLong last = new AtomicLong(NONE);

    /** Until when, in ticker nanoseconds; an entry only leaves, and only its value changes. */
    private final ConcurrentMap<Long, Long> held = new ConcurrentHashMap<>();

    public Epochs(Ticker ticker) {
        this.ticker = ticker;
    }

    /** A number for an epoch that may {@link #begin}. */
    public long next() {
        return last.incrementAndGet();
    }

    /** @param until ticker nanoseconds: earlier than Redis gives the lease to another, whatever the two clocks say */
    public void begin(long epoch, long until) {
        held.put(epoch, until);
    }

    /** @return false if it has ended, and stays so */
    public boolean extend(long epoch, long until) {
        return held.computeIfPresent(epoch, (number, now) -> isOver(now) ? null : until) != null;
    }

    /** Whether what was read in this epoch may still be worked on here. Once false, false for ever. */
    public boolean owns(long epoch) {
        while (true) {
            Long until = held.get(epoch);
            if (until == null) {
                return false;
            }
            if (!isOver(until)) {
                return true;
            }
            if (held.remove(epoch, until)) {
                return false; // else it was extended at this very moment
            }
        }
    }

    public void end(long epoch) {
        held.remove(epoch);
    }

    private boolean isOver(long until) {
        return ticker.nanos() - until >= 0;
    }
}
