package dev.sluice.fanout;

import dev.sluice.subscription.Index;
import dev.sluice.subscription.Registry;
import dev.sluice.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the webhooks of each event's tenant, at once where this pod holds them. While they are loaded, and however often
 * that fails, the events of the tenant wait in the order in which they came, and those of other tenants go on. Confined
 * to its fan-out.
 */
final class Tenants {
    private static final Duration RETRY = Duration.ofMillis(200);

    private final Registry registry;
    private final Timers timers;
    private final Place place;
    private final Runnable placedLate;

    // confined state
    /** The tickets of the tenants that are not loaded yet. */
    private final Map<String, List<Long>> waiting = new HashMap<>();

    /** What is to be done with an event whose tenant is known. */
    interface Place {
        void place(long ticket, Index index);
    }

    /** @param placedLate runs after events were placed that had to wait */
    Tenants(Registry registry, Timers timers, Place place, Runnable placedLate) {
        this.registry = registry;
        this.timers = timers;
        this.place = place;
        this.placedLate = placedLate;
    }

    void find(long ticket, String tenant) {
        List<Long> queue = waiting.get(tenant);
        if (queue != null) {
            queue.add(ticket);
            return;
        }
        Index index = registry.cached(tenant);
        if (index != null) {
            place.place(ticket, index);
            return;
        }
        waiting.put(tenant, new ArrayList<>(List.of(ticket)));
        load(tenant);
    }

    private void load(String tenant) {
        if (waiting.containsKey(tenant)) {
            registry.index(tenant)
                    .onSuccess(index -> placeAll(tenant, index))
                    .onFailure(cause -> timers.after(RETRY, () -> load(tenant)));
        }
    }

    private void placeAll(String tenant, Index index) {
        List<Long> queue = waiting.remove(tenant);
        if (queue != null) {
            queue.forEach(ticket -> place.place(ticket, index));
            placedLate.run();
        }
    }

    /** Nobody waits any more. */
    void clear() {
        waiting.clear();
    }
}
