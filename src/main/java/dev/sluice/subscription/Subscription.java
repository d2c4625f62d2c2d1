package dev.sluice.subscription;

import dev.sluice.subscription.filter.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events a webhook gets.
 *
 * @param source     the only source whose events it gets, or null for any
 * @param eventTypes patterns: exact, {@code *} = one segment, {@code **} = any number of segments
 * @param filter     what such an event must be like, or null for any
 */
public record Subscription(
        @Nullable String source,
        List<String> eventTypes,
        @Nullable Filter filter) {
    public Subscription {
        eventTypes = List.copyOf(eventTypes);
    }

    /** Without a filter. */
    public Subscription(@Nullable String source, List<String> eventTypes) {
        this(source, eventTypes, null);
    }
}
