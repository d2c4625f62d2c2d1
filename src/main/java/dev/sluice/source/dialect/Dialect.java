package dev.sluice.source.dialect;

import dev.sluice.event.Event;
import dev.sluice.source.privacy.Sensitive;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** What one kind of CMS says, and wants to be said. Stateless; any thread. */
public interface Dialect {
    /** As the configuration and {@link Event#dialect()} name it. */
    String name();

    /** The rules of a source that says nothing else. */
    SourceRules defaultRules();

    /**
     * What the gateway knows about the event, and what it keeps of the body. An event that the dialect does not know is
     * read like any other.
     *
     * @throws dev.sluice.http.ProblemException 400 {@code invalid-event} or {@code malformed-json} for a body that is not
     *     of this dialect, {@code looping-event} for an event that its own delivery would cause again
     */
    Reading read(Arrival arrival, SourceRules rules);

    /** The headers of a delivery that neither the source's defaults nor the webhook's own may replace. */
    default Map<String, String> headers(Event event) {
        return Map.of();
    }

    /** Whether {@link #body} depends on the webhook. */
    boolean hasBodyPerWebhook();

    /** The body as this webhook gets it; the same buffer where nothing changes. */
    Buffer body(Event event, String webhookName, SourceRules rules);

    /**
     * The body that this CMS would have sent: members in its order, the time under its name.
     *
     * @param parts as the producer gave them: {@code event}, and what the dialect's events are made of
     * @param now   for the time, where the parts have none
     * @throws dev.sluice.http.ProblemException 400 {@code invalid-event} with a pointer to each wrong part
     */
    Buffer envelope(JsonObject parts, Instant now);

    /** Whether it is of any other system than the CMSs: its sources say themselves how their requests are taken. */
    default boolean isGeneric() {
        return false;
    }

    /** What it knows to be sensitive, and a source may redact or keep. */
    default Set<Sensitive> sensitive() {
        return Set.of();
    }

    /** Whether this event may come with every request to the CMS or every page of its backend. */
    boolean isHighRate(String type);
}
