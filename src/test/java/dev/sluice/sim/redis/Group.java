package dev.sluice.sim.redis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a group of consumers remembers of a stream. */
final class Group {
    static final long UNKNOWN = -1;

    final NavigableMap<Id, Pending> pending = new TreeMap<>();
    /** By name, when each was seen last. */
    final Map<String, Long> consumers = new TreeMap<>();

    Id delivered;
    /** How many entries of the stream it got, or {@link #UNKNOWN}. */
    long read;

    Group(Id delivered, long read) {
        this.delivered = delivered;
        this.read = read;
    }

    /** An entry that was delivered and not acknowledged. */
    static final class Pending {
        String consumer;
        long at;
        long times;

        Pending(String consumer, long at, long times) {
            this.consumer = consumer;
            this.at = at;
            this.times = times;
        }
    }

    Group copy() {
        Group copy = new Group(delivered, read);
        pending.forEach((id, one) -> copy.pending.put(id, new Pending(one.consumer, one.at, one.times)));
        copy.consumers.putAll(consumers);
        return copy;
    }

    long pendingOf(String consumer) {
        return pending.values().stream()
                .filter(one -> one.consumer.equals(consumer))
                .count();
    }

    Map<String, Long> pendingByConsumer() {
        Map<String, Long> counts = new LinkedHashMap<>();
        consumers.keySet().forEach(name -> {
            long count = pendingOf(name);
            if (count > 0) {
                counts.put(name, count);
            }
        });
        return counts;
    }

    /** As Redis counts it: nothing is deleted from within a stream, only its beginning is trimmed. */
    Long lag(Log log) {
        if (log.added == 0) {
            return 0L;
        }
        Long known = read != UNKNOWN ? Long.valueOf(read) : estimate(log, delivered);
        return known == null ? null : log.added - known;
    }

    /** How many entries were added up to this one; null if nobody can tell. */
    static Long estimate(Log log, Id id) {
        if (log.added == 0) {
            return 0L;
        }
        if (log.entries.isEmpty() && id.compareTo(log.last) <= 0) {
            return log.added;
        }
        int byLast = id.compareTo(log.last);
        if (byLast == 0) {
            return log.added;
        }
        if (byLast > 0) {
            return null;
        }
        int byFirst = id.compareTo(log.entries.firstKey());
        if (byFirst < 0) {
            return log.added - log.size();
        }
        return byFirst == 0 ? log.added - log.size() + 1 : null;
    }
}
