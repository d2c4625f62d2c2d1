package dev.sluice.subscription;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events a webhook gets.
 *
 * @param source     the only source whose events it gets, or null for any
 * @param eventTypes patterns: exact, {@code *} = one segment, {@code **} = any number of segments
 */
public record Subscription(@Nullable String source, List<String> eventTypes) {
    public Subscription {
        eventTypes = List.copyOf(eventTypes);
    }
}
