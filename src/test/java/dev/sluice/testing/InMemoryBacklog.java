package dev.sluice.testing;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.redis.PackedSize;
import dev.sluice.testing.InMemoryQueue.Parked;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What an {@link InMemoryLane} holds. The deliveries of a key are a chain, of which only the first may be claimed. */
final class InMemoryBacklog {
    private static final long NEVER = InMemoryQueue.NEVER;

    final InMemoryQueue queue = new InMemoryQueue();
    private final Map<String, Deque<Parked>> chains = new HashMap<>();
    private long bytes;
    /** Since it was set to false: something waits for another time, or is here no more. */
    boolean changed;

    /** @param first of its key, whatever waits */
    Parked enter(Delivery delivery, long due, long now, boolean first) {
        Parked fresh = new Parked();
        fresh.id = delivery.id();
        fresh.delivery = delivery;
        fresh.key = delivery.key();
        fresh.since = now;
        queue.add(fresh);
        bytes += PackedSize.of(delivery.event());
        if (fresh.key != null) {
            chain(fresh, first);
        }
        await(fresh, due);
        return fresh;
    }

    private void chain(Parked fresh, boolean first) {
        Deque<Parked> chain = chains.computeIfAbsent(fresh.key, key -> new ArrayDeque<>());
        if (!first) {
            chain.addLast(fresh);
            return;
        }
        if (!chain.isEmpty()) {
            queue.due(chain.getFirst(), NEVER);
        }
        chain.addFirst(fresh);
    }

    /** Nobody holds it until then, and only then may it be claimed. */
    void await(Parked one, long due) {
        changed = true;
        one.leased = false;
        one.behind = false;
        queue.due(one, one.key == null || chains.get(one.key).getFirst() == one ? due : NEVER);
    }

    void leave(Parked one, long now) {
        if (queue.remove(one)) {
            bytes -= PackedSize.of(one.delivery.event());
        }
        if (one.key != null) {
            unchain(one, now);
        }
    }

    private void unchain(Parked one, long now) {
        Deque<Parked> chain = chains.get(one.key);
        boolean first = chain.getFirst() == one;
        chain.remove(one);
        if (chain.isEmpty()) {
            chains.remove(one.key);
        } else {
            changed = true;
            queue.due(chain.getFirst(), first ? now : chain.getFirst().due);
        }
    }

    void clear() {
        queue.clear();
        chains.clear();
        bytes = 0;
    }

    long bytes() {
        return bytes;
    }

    /** Of which something waits. */
    Set<String> keys() {
        return chains.keySet();
    }
}
