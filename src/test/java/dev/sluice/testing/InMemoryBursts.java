package dev.sluice.testing;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Outcome;
import dev.sluice.testing.InMemoryQueue.Parked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The bursts of an {@link InMemoryLane}: the youngest of a slot stands for the others, and nothing older goes after it. */
final class InMemoryBursts {
    private final InMemoryBacklog backlog;
    /** By slot. */
    private final Map<String, Burst> bursts = new HashMap<>();
    /** The youngest of each slot that was claimed. */
    private final Map<String, String> last = new HashMap<>();

    private List<String> coalesced = new ArrayList<>();

    private static final class Burst {
        Parked holder;
        final long first;
        final Set<String> stoodFor = new HashSet<>();

        Burst(Parked holder, long first) {
            this.holder = holder;
            this.first = first;
        }
    }

    InMemoryBursts(InMemoryBacklog backlog) {
        this.backlog = backlog;
    }

    /** For which others stand, since this was asked last. */
    List<String> coalesced() {
        List<String> since = coalesced;
        coalesced = new ArrayList<>();
        return since;
    }

    /** Answers whether another stands for it already, and counts it as coalesced again. */
    boolean repeats(String slot, String id) {
        Burst burst = bursts.get(slot);
        boolean isKnown = burst != null && burst.stoodFor.contains(id);
        if (isKnown) {
            coalesced.add(id);
        }
        return isKnown;
    }

    /** Answers false if there is nothing of its slot, so that it begins a burst. */
    boolean join(Delivery delivery, Outcome.Merge merge, long now) {
        Burst burst = bursts.get(merge.slot());
        if (delivery.id().compareTo(last.getOrDefault(merge.slot(), "")) < 0) {
            coalesced.add(delivery.id());
        } else if (burst == null) {
            return false;
        } else {
            join(delivery, burst, merge, now);
        }
        return true;
    }

    private void join(Delivery delivery, Burst burst, Outcome.Merge merge, long now) {
        Parked former = burst.holder;
        String loser = delivery.id();
        if (delivery.event().id().text().compareTo(former.delivery.event().id().text()) > 0) {
            loser = former.delivery.id();
            backlog.leave(former, now);
            burst.holder = backlog.enter(delivery, now, now, false);
        }
        burst.stoodFor.add(loser);
        burst.holder.slot = merge.slot();
        burst.holder.stands = former.stands + 1;
        long ends = Math.min(
                now + merge.quiet().toMillis(), burst.first + merge.most().toMillis());
        if (ends > burst.holder.due) {
            backlog.await(burst.holder, ends);
        }
        coalesced.add(loser);
        backlog.changed = true;
    }

    void begin(Parked holder, String slot, long now) {
        holder.slot = slot;
        bursts.put(slot, new Burst(holder, now));
    }

    /** What comes back is of its slot's burst again, unless a younger one stands for it. */
    void again(Parked one, long due, long now) {
        if (isOvertaken(one)) {
            coalesce(one, now);
        } else {
            backlog.await(one, due);
            if (one.slot != null) {
                bursts.put(one.slot, new Burst(one, now));
            }
        }
    }

    private boolean isOvertaken(Parked one) {
        Burst burst = one.slot == null ? null : bursts.get(one.slot);
        String id = one.delivery.id();
        return one.slot != null
                && (id.compareTo(last.getOrDefault(one.slot, id)) < 0
                        || (burst != null && id.compareTo(burst.holder.delivery.id()) < 0));
    }

    private void coalesce(Parked one, long now) {
        leave(one, now);
        coalesced.add(one.delivery.id());
        backlog.changed = true;
    }

    /** What waited for it to end may be claimed. */
    void leave(Parked one, long now) {
        backlog.leave(one, now);
        close(one);
        Burst burst = one.slot == null ? null : bursts.get(one.slot);
        if (burst != null && burst.holder.behind) {
            backlog.await(burst.holder, burst.holder.since);
        }
    }

    private void close(Parked one) {
        Burst burst = one.slot == null ? null : bursts.get(one.slot);
        if (burst != null && burst.holder == one) {
            bursts.remove(one.slot);
        }
    }

    /** Of a slot one is in hand at a time, and nothing older goes after it. Answers whether this one may go. */
    boolean take(Parked one, long now) {
        if (one.slot == null) {
            return true;
        }
        Parked before = backlog.queue.get(last.getOrDefault(one.slot, ""));
        if (isOvertaken(one)) {
            coalesce(one, now);
            return false;
        } else if (before != null && before != one) {
            if (before.leased && before.due > now) {
                one.behind = true;
                backlog.queue.due(one, before.due);
                return false;
            }
            coalesce(before, now);
        }
        close(one);
        last.put(one.slot, one.delivery.id());
        return true;
    }

    /** Nothing is parked any more. */
    void clear() {
        bursts.clear();
    }
}
