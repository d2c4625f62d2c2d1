package dev.sluice.replay;

import dev.sluice.event.Event;
import dev.sluice.subscription.Activity;
import dev.sluice.subscription.Index;
import dev.sluice.subscription.Patterns;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.index.WebhookIndex;
import java.util.List;

/** Which events a webhook gets in a replay: those that it would get if they came now and it were enabled. */
final class Wanted {
    private final Webhook webhook;
    private final List<String> eventTypes;
    private final Index index;

    /** @param eventTypes patterns, one of which has to match too; empty: no such wish */
    Wanted(Webhook webhook, List<String> eventTypes) {
        this.webhook = webhook;
        this.eventTypes = eventTypes;
        this.index = WebhookIndex.of(List.of(webhook.with(Activity.ON, webhook.updatedAt())));
    }

    boolean isOf(Webhook present) {
        return webhook.equals(present);
    }

    List<Event> among(List<Event> events) {
        return events.stream().filter(this::isWanted).toList();
    }

    private boolean isWanted(Event event) {
        return event.tenant().equals(webhook.tenant())
                && (eventTypes.isEmpty()
                        || eventTypes.stream().anyMatch(pattern -> Patterns.matches(pattern, event.type())))
                && !index.match(event).isEmpty();
    }
}
