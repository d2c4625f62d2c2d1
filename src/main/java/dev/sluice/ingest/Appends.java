package dev.sluice.ingest;

import dev.sluice.event.Draft;
import dev.sluice.event.Receipt;
import io.vertx.core.Future;
import java.util.List;

/** The way to the journal. Confined to the event loop of its verticle instance. */
@FunctionalInterface
public interface Appends {
    /**
     * One receipt for each draft, in order, when all of them are durable. Fails with a
     * {@link dev.sluice.http.ProblemException} 503 if they are not known to be.
     */
    Future<List<Receipt>> append(List<Draft> drafts);

    /** False while it is known that nothing can be stored as is promised. */
    default boolean isOpen() {
        return true;
    }
}
