package dev.sluice.fanout;

import dev.sluice.fault.AgainEach;
import dev.sluice.fault.Outage;
import dev.sluice.subscription.Index;
import dev.sluice.subscription.Registry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the webhooks of each event's tenant, at once where this pod holds them. While they are loaded the events of the
 * tenant wait in the order in which they came, and those of other tenants go on. Where they cannot be loaded, and not
 * because Redis is away, that may last: then the tenant's events are set aside, so that they take no credit from the
 * others. Confined to its fan-out.
 */
final class Tenants {
    private final Registry registry;
    private final AgainEach loads;
    private final Place place;

    // confined state
    /** The tenants that are not loaded yet. */
    private final Map<String, Queue> waiting = new HashMap<>();

    private static final class Queue {
        final List<Long> tickets = new ArrayList<>();
        /** Its events are set aside until it is loaded. */
        boolean isFaulty;
    }

    /** What is to be done with events. */
    interface Place {
        /** Its tenant is known. */
        void place(long ticket, Index index);

        /** Its tenant cannot be loaded for now. */
        void setAside(long ticket);

        /** Events were placed that had to wait, or were set aside and may be read again. */
        void loaded(boolean wereSetAside);

        /** Events that waited were set aside. */
        void gaveUp();
    }

    Tenants(Registry registry, AgainEach loads, Place place) {
        this.registry = registry;
        this.loads = loads;
        this.place = place;
    }

    void find(long ticket, String tenant) {
        Queue queue = waiting.get(tenant);
        if (queue != null) {
            if (queue.isFaulty) {
                place.setAside(ticket);
            } else {
                queue.tickets.add(ticket);
            }
            return;
        }
        Index index = registry.cached(tenant);
        if (index != null) {
            place.place(ticket, index);
            return;
        }
        Queue fresh = new Queue();
        fresh.tickets.add(ticket);
        waiting.put(tenant, fresh);
        load(tenant);
    }

    private void load(String tenant) {
        if (waiting.containsKey(tenant)) {
            registry.index(tenant).onSuccess(index -> loaded(tenant, index)).onFailure(cause -> failed(tenant, cause));
        }
    }

    private void loaded(String tenant, Index index) {
        loads.worked(tenant);
        Queue queue = waiting.remove(tenant);
        if (queue != null) {
            queue.tickets.forEach(ticket -> place.place(ticket, index));
            place.loaded(queue.isFaulty);
        }
    }

    private void failed(String tenant, Throwable cause) {
        loads.later(tenant, cause, () -> load(tenant));
        Queue queue = waiting.get(tenant);
        if (queue != null && !Outage.is(cause)) {
            queue.isFaulty = true;
            queue.tickets.forEach(place::setAside);
            queue.tickets.clear();
            place.gaveUp();
        }
    }

    /** Nobody waits any more. */
    void clear() {
        waiting.clear();
    }
}
