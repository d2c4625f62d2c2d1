package dev.sluice.subscription.filter;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Events as filters see them. */
final class Views {
    private Views() {}

    /** @param pairs name, value, name, value */
    static EventView of(String... pairs) {
        return of(Attributes.of(pairs));
    }

    static EventView of(Attributes attributes) {
        Event event = new Event(new EventId("evt_1"), attributes, Buffer.buffer(), null);
        return new EventView(event, List::of);
    }
}
