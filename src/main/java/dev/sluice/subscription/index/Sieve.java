package dev.sluice.subscription.index;

import dev.sluice.event.Event;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.filter.EventView;
import dev.sluice.subscription.filter.Filter;
import java.util.ArrayList;
import java.util.List;

/** One event before the filters of the webhooks that want its type. Used once; not thread-safe. */
final class Sieve {
    private final List<Webhook> webhooks;
    private final EventView view;

    Sieve(Event event, List<Webhook> webhooks) {
        this.webhooks = webhooks;
        this.view = new EventView(event, this::filters);
    }

    /** Those without a filter, and those whose filter matches, in the order in which they came. */
    List<Webhook> kept() {
        List<Webhook> kept = new ArrayList<>();
        for (Webhook webhook : webhooks) {
            Filter filter = webhook.subscription().filter();
            if (filter == null || filter.matches(view)) {
                kept.add(webhook);
            }
        }
        return kept;
    }

    /** How many times the event's data was read. */
    int reads() {
        return view.reads();
    }

    private List<Filter> filters() {
        List<Filter> filters = new ArrayList<>();
        for (Webhook webhook : webhooks) {
            if (webhook.subscription().filter() != null) {
                filters.add(webhook.subscription().filter());
            }
        }
        return filters;
    }
}
