package dev.sluice.subscription;

import dev.sluice.event.Event;
import java.util.List;

/** What a match means, written down as directly as possible. */
public final class NaiveMatcher {
    private NaiveMatcher() {}

    public static boolean wants(Webhook webhook, Event event) {
        List<String> type = List.of(event.type().split("\\.", -1));
        boolean ofItsSource = webhook.subscription().source() == null
                || webhook.subscription().source().equals(event.source());
        return webhook.enabled()
                && ofItsSource
                && webhook.subscription().eventTypes().stream()
                        .anyMatch(pattern -> matches(List.of(pattern.split("\\.", -1)), type));
    }

    static boolean matches(List<String> pattern, List<String> type) {
        if (pattern.isEmpty()) {
            return type.isEmpty();
        }
        List<String> after = pattern.subList(1, pattern.size());
        if (pattern.get(0).equals("**")) {
            return matches(after, type) || (!type.isEmpty() && matches(pattern, type.subList(1, type.size())));
        }
        boolean first =
                !type.isEmpty() && (pattern.get(0).equals("*") || pattern.get(0).equals(type.get(0)));
        return first && matches(after, type.subList(1, type.size()));
    }
}
