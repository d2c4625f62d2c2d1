package dev.sluice.journal;

import dev.sluice.event.Appended;
import dev.sluice.event.Draft;
import io.vertx.core.Future;
import java.util.List;

/** Makes events durable. Confined to one event loop. */
public interface Journal {
    /**
     * Stores the events at the configured durability, as one write. Never fails: an {@link Appended.Unavailable} answer
     * means that none of them may be acknowledged to a producer, though some may be stored.
     */
    Future<Appended> append(List<Draft> drafts);
}
