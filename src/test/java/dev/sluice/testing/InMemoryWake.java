package dev.sluice.testing;

import dev.sluice.delivery.LaneKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** When a lane of {@link InMemoryParking} is looked at next; before zero, if a person asked for something of it. */
final class InMemoryWake {
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final Map<LaneKey, Long> wake = new HashMap<>();

    /** As soon as something of it may be claimed. */
    void plan(LaneKey key, InMemoryLane lane, long now) {
        InMemoryQueue.Parked first = lane.first();
        if (first == null) {
            wake.remove(key);
        } else {
            wake.put(key, first.isAsked() ? first.due : Math.max(first.due, now + lane.resting(now)));
        }
    }

    /** After this delay, and when it has rested; at once, if a person asked for it. */
    void look(LaneKey key, InMemoryLane lane, Duration delay, long now) {
        InMemoryQueue.Parked first = lane.first();
        if (first == null) {
            wake.remove(key);
        } else if (first.isAsked()) {
            wake.put(key, first.due);
        } else {
            wake.put(key, now + Math.max(lane.resting(now), delay.toMillis()));
        }
    }

    void sleep(LaneKey key) {
        wake.remove(key);
    }

    boolean isAsked(LaneKey key) {
        return wake.get(key) < 0;
    }

    boolean isQuiet(long now) {
        for (long due : wake.values()) {
            if (due <= now) {
                return false;
            }
        }
        return true;
    }

    /** The first of those that are due. */
    List<LaneKey> due(Predicate<LaneKey> wanted, int limit, long now) {
        return wake.entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey()) && entry.getValue() <= now)
                .sorted(Map.Entry.comparingByValue())
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Nobody else looks at it meanwhile. */
    void lease(LaneKey key, long now) {
        wake.put(key, now + LEASE.toMillis());
    }
}
