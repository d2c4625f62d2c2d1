package dev.sluice.testing;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import io.vertx.core.buffer.Buffer;

/** Events whose ids sort by their numbers, as those of the journal sort by time. */
public final class NumberedEvents {
    private NumberedEvents() {}

    public static Event event(int number) {
        return event(number, "entry.update");
    }

    public static Event event(int number, String type) {
        return event(number, type, Buffer.buffer("{\"n\":%d}".formatted(number)));
    }

    public static Event event(int number, String type, Buffer data) {
        Attributes attributes =
                Attributes.of("type", type, "source", "test", "time", "2026-01-01T00:00:00Z", "site", "12");
        return new Event(new EventId("evt_%08d".formatted(number)), attributes, data, null);
    }

    /** In order with the others of its key. */
    public static Event keyed(int number, String key) {
        Event event = event(number);
        Attributes attributes = Attributes.of("type", "entry.update", "source", "test", Attributes.PARTITION_KEY, key);
        return new Event(event.id(), attributes, event.data(), null);
    }

    public static int number(Event event) {
        return Integer.parseInt(event.id().text().substring(EventId.PREFIX.length()));
    }
}
