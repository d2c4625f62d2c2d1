package dev.sluice.subscription;

import dev.sluice.event.Event;
import dev.sluice.subscription.filter.Denial;
import dev.sluice.subscription.filter.EventView;
import dev.sluice.subscription.filter.Filter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One part of a webhook, asked by itself whether it lets an event through. An {@link Index} finds the webhook exactly if
 * all of them do.
 *
 * @param part   the member of the webhook
 * @param denial null if it lets the event through
 */
public record Check(String part, @Nullable Denial denial) {

    /** Every part, also behind one that said no. */
    public static List<Check> all(Webhook webhook, Event event) {
        Subscription wants = webhook.subscription();
        List<Check> checks = new ArrayList<>();
        Webhook.Unreadable unreadable = webhook.unreadable();
        if (unreadable != null) {
            checks.add(new Check("readable", new Denial("", "what is for it waits: " + unreadable.reason())));
        }
        checks.add(check("enabled", webhook.enabled(), disabled(webhook.activity())));
        checks.add(equal("tenant", webhook.tenant(), event.tenant()));
        checks.add(equal("source", wants.source(), event.source()));
        checks.add(check(
                "eventTypes",
                wants.eventTypes().stream().anyMatch(pattern -> Patterns.matches(pattern, event.type())),
                "%s (expected: one of %s)".formatted(event.type(), String.join(", ", wants.eventTypes()))));
        checks.add(new Check("filter", denial(wants.filter(), event)));
        return checks;
    }

    /** Whether it is an event that the webhook wants, enabled or not. */
    public static boolean matches(Webhook webhook, Event event) {
        return all(webhook, event).stream()
                .allMatch(check -> check.matches() || check.part().equals("enabled"));
    }

    public boolean matches() {
        return denial == null;
    }

    private static String disabled(Activity activity) {
        return activity.disabledReason() == null ? "disabled" : "disabled: " + activity.disabledReason();
    }

    private static Check equal(String part, @Nullable String expected, String actual) {
        boolean same = expected == null || expected.equals(actual);
        return check(part, same, "%s (expected: %s)".formatted(actual, expected));
    }

    private static Check check(String part, boolean matches, String detail) {
        return new Check(part, matches ? null : new Denial("/" + part, detail));
    }

    private static @Nullable Denial denial(@Nullable Filter filter, Event event) {
        return filter == null ? null : filter.denial(new EventView(event, () -> List.of(filter)), "/filter");
    }
}
