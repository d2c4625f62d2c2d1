package dev.sluice.delivery.send.transform;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The lines that have something to run. Tenants take turns, and the lines of a tenant among themselves: a tenant with many
 * slow webhooks waits for itself. Confined to one event loop.
 */
final class Turns {
    /** In the order of their turns; none is empty. */
    private final Map<String, Deque<Line>> ready = new LinkedHashMap<>();

    boolean isEmpty() {
        return ready.isEmpty();
    }

    void add(Line line) {
        ready.computeIfAbsent(line.tenant(), first -> new ArrayDeque<>()).add(line);
    }

    /** Of the tenant whose turn it is, who is the last from then on. */
    Line next() {
        Iterator<Map.Entry<String, Deque<Line>>> tenants = ready.entrySet().iterator();
        Map.Entry<String, Deque<Line>> tenant = tenants.next();
        Line line = tenant.getValue().remove();
        tenants.remove();
        if (!tenant.getValue().isEmpty()) {
            ready.put(tenant.getKey(), tenant.getValue());
        }
        return line;
    }

    /** All that a tenant has. */
    Deque<Line> remove(String tenant) {
        Deque<Line> lines = ready.remove(tenant);
        return lines == null ? new ArrayDeque<>() : lines;
    }
}
