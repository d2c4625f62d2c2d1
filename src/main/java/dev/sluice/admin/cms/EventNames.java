package dev.sluice.admin.cms;

import io.vertx.core.json.JsonArray;
import java.util.List;

/** The events that a CMS's webhook asks for, as patterns of event types. */
final class EventNames {
    /** A CMS lets a webhook ask for no event; a webhook here asks for at least one, so for one that nobody sends. */
    static final String NONE = "sluice.none";

    private EventNames() {}

    static JsonArray patterns(List<String> events) {
        return new JsonArray(events.isEmpty() ? List.of(NONE) : events);
    }
}
