package dev.sluice.subscription.form;

import dev.sluice.http.Field;
import dev.sluice.subscription.Patterns;
import dev.sluice.subscription.Subscription;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes the members of a webhook that are its {@link Subscription}. */
final class SubscriptionForm {
    static final Set<String> MEMBERS = Set.of("source", "eventTypes", "filter");

    private static final List<String> EVERYTHING = List.of(Patterns.REST);
    private static final int MAX_PATTERNS = 200;
    /** An event looks at each of them again with each segment of its type. */
    private static final int MAX_BEHIND_REST = 512;

    private static final int MAX_SOURCE = 200;

    private SubscriptionForm() {}

    static Subscription read(Field form) {
        return new Subscription(
                source(form.member("source")),
                eventTypes(form.member("eventTypes")),
                FilterForm.read(form.member("filter")));
    }

    static @Nullable String source(Field field) {
        String source = field.text(MAX_SOURCE);
        if (source != null && source.isEmpty()) {
            field.refuse("empty (expected: the name of a source, or none)");
        }
        return source;
    }

    static List<String> eventTypes(Field field) {
        if (field.isAbsent()) {
            return EVERYTHING;
        }
        Set<String> patterns = new LinkedHashSet<>();
        for (Field element : field.elements(1, MAX_PATTERNS)) {
            String pattern = element.text(Integer.MAX_VALUE);
            if (element.isAbsent()) {
                element.refuse("not a string");
            }
            String problem = pattern == null ? null : Patterns.problem(pattern);
            if (problem != null) {
                element.refuse("%s", problem);
            } else if (pattern != null) {
                patterns.add(pattern);
            }
        }
        int behindRest =
                patterns.stream().mapToInt(Patterns::segmentsBehindRest).sum();
        if (behindRest > MAX_BEHIND_REST) {
            field.refuse(
                    "%d segments behind ** in all patterns together (expected: at most %d)",
                    behindRest, MAX_BEHIND_REST);
        }
        return List.copyOf(patterns);
    }

    /** Members without a value are absent. */
    static void write(Subscription subscription, JsonObject json) {
        WebhookViews.putIfPresent(json, "source", subscription.source());
        json.put("eventTypes", new JsonArray(subscription.eventTypes()));
        if (subscription.filter() != null) {
            json.put("filter", subscription.filter().toJson());
        }
    }
}
