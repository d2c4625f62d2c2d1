package dev.sluice.testing;

import dev.sluice.delivery.Delivery;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What an {@link InMemoryLane} holds, by id and by when it is due. */
final class InMemoryQueue {
    static final long NEVER = Long.MAX_VALUE;
    /** What a person asked for is due this long ago. */
    static final long ASKED = 1_000_000_000_000_000L;

    private static final Comparator<Parked> BY_DUE =
            Comparator.<Parked>comparingLong(one -> one.due).thenComparing(one -> one.id);
    /** Behind every id. */
    private static final String LAST = "\uffff";

    private final Map<String, Parked> byId = new HashMap<>();
    private final TreeSet<Parked> byDue = new TreeSet<>(BY_DUE);
    /** Those that wait for a time, or are leased until one. */
    private final TreeSet<Parked> untilDue = new TreeSet<>(BY_DUE);

    static final class Parked {
        String id;
        Delivery delivery;

        @Nullable
        String key;

        long since;
        /** Of what may be claimed now, since when it is parked. */
        long due;

        int stands;
        boolean leased;
        /** It waits for another of its slot that is leased. */
        boolean behind;

        @Nullable
        String slot;

        boolean isAsked() {
            return -ASKED <= due && due < 0;
        }
    }

    @Nullable
    Parked get(String id) {
        return byId.get(id);
    }

    int size() {
        return byId.size();
    }

    void add(Parked one) {
        byId.put(one.id, one);
        sort(one);
    }

    /** Answers whether it was there. */
    boolean remove(Parked one) {
        unsort(one);
        return byId.remove(one.id) != null;
    }

    void clear() {
        byId.clear();
        byDue.clear();
        untilDue.clear();
    }

    void due(Parked one, long due) {
        unsort(one);
        one.due = due;
        sort(one);
    }

    void makeOld(String id) {
        Parked one = byId.get(id);
        unsort(one);
        one.since = Long.MIN_VALUE / 2;
        sort(one);
    }

    private void sort(Parked one) {
        if (byId.get(one.id) == one) {
            byDue.add(one);
            if (one.due > one.since && one.due != NEVER) {
                untilDue.add(one);
            }
        }
    }

    private void unsort(Parked one) {
        byDue.remove(one);
        untilDue.remove(one);
    }

    /** What waited for a time, or was lost with its holder, takes its place among all that is due. */
    void ripen(long now) {
        while (!untilDue.isEmpty() && untilDue.first().due <= now) {
            due(untilDue.first(), untilDue.first().since);
        }
    }

    /** The next in line, or null. */
    @Nullable
    Parked first() {
        return byDue.isEmpty() ? null : byDue.first();
    }

    /** The last of those that are due; there must be one. */
    Parked lastRipe(long now) {
        Parked behind = new Parked();
        behind.due = now;
        behind.id = LAST;
        return byDue.floor(behind);
    }
}
