package dev.sluice.delivery.send;

import dev.sluice.event.Event;
import dev.sluice.subscription.Target.Header;
import dev.sluice.subscription.Webhook;
import java.util.List;
import java.util.Map;

/** How the source of an event wants its deliveries to look. Asked for each attempt; must not block. */
public interface Manner {
    /** Of a plain producer. */
    Manner NONE = new Manner() {
        @Override
        public Event dress(Event event, Webhook webhook) {
            return event;
        }

        @Override
        public Map<String, String> forced(Event event) {
            return Map.of();
        }

        @Override
        public List<Header> defaults(Event event) {
            return List.of();
        }
    };

    /** The event as this webhook gets it; the same one where nothing differs. */
    Event dress(Event event, Webhook webhook);

    /** Headers that neither the source's defaults nor the webhook's own may replace. */
    Map<String, String> forced(Event event);

    /** Headers of every delivery that the webhook does not give a value of its own. */
    List<Header> defaults(Event event);
}
