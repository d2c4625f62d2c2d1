package dev.sluice.journal.redis.lease;

import dev.sluice.life.Epochs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one reader holds of the keyed partitions, and what it has to do about it. Decides; does nothing itself.
 *
 * <p>Confined to its reader; not thread-safe. Times are monotonic nanoseconds.
 */
public final class Leases {
    private final int partitions;
    private final long termNanos;
    private final long patienceNanos;
    private final Epochs epochs;
    private final Runnable added;

    // confined state
    /** In the order in which they were taken. */
    private final Map<String, Lease> held = new LinkedHashMap<>();

    private int turn;

    /**
     * @param termNanos     for which a lease is given
     * @param patienceNanos for which others wait for one that is given back, while something of it is under way
     * @param added         told when there is another one
     */
    public Leases(int partitions, long termNanos, long patienceNanos, Epochs epochs, Runnable added) {
        this.partitions = partitions;
        this.termNanos = termNanos;
        this.patienceNanos = patienceNanos;
        this.epochs = epochs;
        this.added = added;
    }

    /** How many each of so many readers may hold: together at least all, so that none stays unread. */
    public int share(int readers) {
        return (partitions + readers - 1) / Math.max(1, readers);
    }

    public void add(Lease lease) {
        held.put(lease.partition(), lease);
        added.run();
    }

    /** @return false if it was removed before */
    public boolean remove(Lease lease) {
        return held.remove(lease.partition(), lease);
    }

    @Nullable
    public Lease of(String partition) {
        return held.get(partition);
    }

    public Collection<Lease> all() {
        return List.copyOf(held.values());
    }

    /** Redis was away, and may have lost what was settled. */
    public void doubt() {
        held.values().forEach(Lease::doubt);
    }

    /** How many more it may take. */
    public int missing(int share) {
        return Math.max(0, share - held.size());
    }

    /** Begins to give back what is more than the share, the youngest first. */
    void leaveSurplus(int share, long now) {
        List<Lease> staying =
                held.values().stream().filter(lease -> !lease.isLeaving()).toList();
        staying.stream().skip(share).forEach(lease -> lease.leave(now));
    }

    /** Those that were not renewed in time: another reader may have them. */
    public List<Lease> ended() {
        return held.values().stream()
                .filter(lease -> !epochs.owns(lease.epoch()))
                .toList();
    }

    List<Lease> dueForRenewal(long now) {
        return held.values().stream()
                .filter(lease -> lease.isDueForRenewal(now, termNanos / 3))
                .toList();
    }

    /** Those that can be given back now. */
    List<Lease> over(long now) {
        return held.values().stream()
                .filter(lease -> lease.isOver(now, patienceNanos))
                .toList();
    }

    /** Those to read from, at most so many, each in its turn. */
    public List<Lease> readable(int most) {
        List<Lease> readable = readable();
        if (readable.size() <= most) {
            return readable;
        }
        List<Lease> some = new ArrayList<>(most);
        for (int i = 0; i < most; i++) {
            some.add(readable.get(Math.floorMod(turn++, readable.size())));
        }
        return some;
    }

    public List<Lease> readable() {
        return held.values().stream()
                .filter(lease -> !lease.isLeaving() && epochs.owns(lease.epoch()))
                .toList();
    }
}
