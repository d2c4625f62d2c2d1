package dev.sluice.source;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import java.util.Map;

/** What one kind of CMS says, and wants to be said. Stateless; any thread. */
public interface Dialect {
    /** As the configuration and {@link Event#dialect()} name it. */
    String name();

    /**
     * What the gateway knows about the event: at least {@code type}, {@code source} and {@code time}. An event that the
     * dialect does not know is described like any other.
     *
     * @throws dev.sluice.http.ProblemException 400 for a body that is not of this dialect
     */
    Attributes describe(Arrival arrival);

    /** The headers of a delivery that neither the source's defaults nor the webhook's own may replace. */
    Map<String, String> headers(Event event);
}
