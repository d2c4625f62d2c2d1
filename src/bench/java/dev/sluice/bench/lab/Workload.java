package dev.sluice.bench.lab;

import dev.sluice.bench.worker.EventSpec;

/**
 * What a run sends, and what of it is to arrive.
 *
 * @param connections of the load, each with one request under way
 * @param hooks webhooks that get each event, numbered from 0; 0: nobody wants them
 * @param elsewhereEvery the events for every so many-th target go where arrivals are not counted; 0: none
 * @param ordered whether the events of a key have to arrive in order
 */
public record Workload(EventSpec events, int connections, int hooks, int elsewhereEvery, boolean ordered) {
    /** Each event to one webhook. */
    public static Workload of(EventSpec events, int connections) {
        return new Workload(events, connections, 1, 0, false);
    }

    public Workload toHooks(int number) {
        return new Workload(events, connections, number, elsewhereEvery, ordered);
    }

    public Workload withElsewhereEvery(int targets) {
        return new Workload(events, connections, hooks, targets, ordered);
    }

    public Workload inOrder() {
        return new Workload(events, connections, hooks, elsewhereEvery, true);
    }

    /** Webhooks or keys. */
    int targets() {
        return events.keysPerConnection() > 0 ? connections * events.keysPerConnection() : events.targets();
    }
}
