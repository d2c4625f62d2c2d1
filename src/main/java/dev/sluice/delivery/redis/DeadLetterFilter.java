package dev.sluice.delivery.redis;

import dev.sluice.delivery.DeadLetter;
import dev.sluice.delivery.DeadLetters.Filter;
import dev.sluice.subscription.Patterns;

final class DeadLetterFilter {
    private DeadLetterFilter() {}

    static boolean admits(Filter filter, DeadLetter letter) {
        return letter.tenant().equals(filter.tenant())
                && (filter.since() == null || !letter.diedAt().isBefore(filter.since()))
                && (filter.until() == null || letter.diedAt().isBefore(filter.until()))
                && (filter.eventTypes().isEmpty()
                        || filter.eventTypes().stream().anyMatch(type -> Patterns.matches(type, letter.type())));
    }
}
