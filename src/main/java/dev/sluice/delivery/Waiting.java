package dev.sluice.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            ready.add(delivery);
            if (key != null) {
                behind.put(key, new ArrayDeque<>(1));
            }
        }
        size++;
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

    /** Takes the youngest out, and with one all of its key, until at most so many wait; the oldest of them first. */
    List<Delivery> takeDownTo(int most) {
        Deque<Delivery> taken = new ArrayDeque<>();
        while (size > Math.max(0, most)) {
            String key = youngestKey();
            if (key == null) {
                taken.addFirst(ready.removeLast());
                size--;
            } else {
                List<Delivery> ofKey = takeKey(key);
                for (int i = ofKey.size() - 1; i >= 0; i--) {
                    taken.addFirst(ofKey.get(i));
                }
            }
        }
        return List.copyOf(taken);
    }

    /** Of the last that is ready; or, if none is, of some that waits behind one that has started. */
    private @Nullable String youngestKey() {
        if (!ready.isEmpty()) {
            return ready.getLast().key();
        }
        return behind.entrySet().stream()
                .filter(waits -> !waits.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
