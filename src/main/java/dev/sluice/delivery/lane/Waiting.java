package dev.sluice.delivery.lane;

import dev.sluice.delivery.Delivery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of a lane that wait, oldest first. Of those with one key only the first may start; the next one may when
 * the lane says that it ended. Confined to its lane.
 */
final class Waiting {
    /** May start, in this order. */
    private final Deque<Delivery> ready = new ArrayDeque<>();

    /** By key: what waits until the one before it, ready or started, has ended. An empty queue: nothing waits. */
    private final Map<String, Deque<Delivery>> behind = new LinkedHashMap<>();

    private int size;

    void add(Delivery delivery) {
        String key = delivery.key();
        Deque<Delivery> queue = key == null ? null : behind.get(key);
        if (queue != null) {
            queue.add(delivery);
        } else {
            if (delivery.isAsked()) {
                ready.addFirst(delivery);
            } else {
                ready.add(delivery);
            }
            if (key != null) {
                behind.put(key, new ArrayDeque<>(1));
            }
        }
        size++;
    }

    /** What {@link #poll} would give. */
    @Nullable
    Delivery peek() {
        return ready.peek();
    }

    /** Whether the next one that may start is one that a person asked for. */
    boolean isNextAsked() {
        Delivery next = ready.peek();
        return next != null && next.isAsked();
    }

    /** The oldest that may start; its key is taken until {@link #ended}. Null if none may. */
    @Nullable
    Delivery poll() {
        Delivery delivery = ready.poll();
        if (delivery != null) {
            size--;
        }
        return delivery;
    }

    /** One that was polled is done: the next of its key may start. */
    void ended(Delivery delivery) {
        Deque<Delivery> queue = delivery.key() == null ? null : behind.get(delivery.key());
        if (queue == null) {
            return;
        }
        Delivery next = queue.poll();
        if (next == null) {
            behind.remove(delivery.key());
        } else {
            ready.add(next);
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    Stream<Delivery> stream() {
        return Stream.concat(ready.stream(), behind.values().stream().flatMap(Deque::stream));
    }

    /** It stands in the place of the one with its id, if that waits. */
    void replace(Delivery delivery) {
        replace(ready, delivery);
        Deque<Delivery> queue = delivery.key() == null ? null : behind.get(delivery.key());
        if (queue != null) {
            replace(queue, delivery);
        }
    }

    private static void replace(Deque<Delivery> queue, Delivery delivery) {
        for (int i = queue.size(); i > 0; i--) {
            Delivery each = queue.remove();
            queue.add(each.id().equals(delivery.id()) ? delivery : each);
        }
    }

    /** Takes all that wait out, those of one key in their order. */
    List<Delivery> takeAll() {
        List<Delivery> taken = new ArrayList<>(ready);
        for (Deque<Delivery> queue : behind.values()) {
            taken.addAll(queue);
            queue.clear();
        }
        forgetReadyKeys();
        ready.clear();
        size = 0;
        return taken;
    }

    private void forgetReadyKeys() {
        for (Delivery delivery : ready) {
            if (delivery.key() != null) {
                behind.remove(delivery.key());
            }
        }
    }

    /** Takes all of one key out, in their order. */
    List<Delivery> takeKey(String key) {
        List<Delivery> taken = new ArrayList<>();
        for (Iterator<Delivery> all = ready.iterator(); all.hasNext(); ) {
            Delivery delivery = all.next();
            if (key.equals(delivery.key())) {
                taken.add(delivery);
                all.remove();
            }
        }
        Deque<Delivery> queue = behind.get(key);
        if (queue != null) {
            boolean started = taken.isEmpty();
            taken.addAll(queue);
            queue.clear();
            if (!started) {
                behind.remove(key);
            }
        }
        size -= taken.size();
        return taken;
    }

    /** Takes {@link #last} out, and with it all of its key, the oldest of them first. Something must wait. */
    List<Delivery> takeLast() {
        Delivery last = last();
        if (last == null) {
            throw new IllegalStateException("nothing waits");
        }
        if (last.key() != null) {
            return takeKey(last.key());
        }
        size--;
        return List.of(ready.removeLast());
    }

    /** The youngest that is ready; or, if none is, some that waits behind one that has started. Null if nothing waits. */
    @Nullable
    Delivery last() {
        if (!ready.isEmpty()) {
            return ready.getLast();
        }
        return behind.values().stream()
                .map(Deque::peekLast)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
