package dev.sluice.subscription;

import dev.sluice.event.Event;
import java.util.List;

/** The webhooks of one tenant, by what they want. Immutable to its readers; any thread. */
public interface Index {
    /** The enabled webhooks that want the event, each once. Costs what matches, not what exists. */
    List<Webhook> match(Event event);
}
