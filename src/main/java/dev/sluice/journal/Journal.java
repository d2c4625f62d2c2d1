package dev.sluice.journal;

import dev.sluice.event.Appended;
import dev.sluice.event.Draft;
import io.vertx.core.Future;
import java.util.List;

/** Makes events durable. Confined to one event loop. */
public interface Journal {
    /**
     * Stores the events at the configured durability, as one write. Never fails: what the answer gives no receipt for must
     * not be acknowledged to a producer, though it may be stored.
     */
    Future<Appended> append(List<Draft> drafts);
}
