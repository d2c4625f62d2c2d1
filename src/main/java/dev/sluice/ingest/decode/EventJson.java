package dev.sluice.ingest.decode;

import dev.sluice.event.Draft;
import dev.sluice.http.JsonText;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;

/** Reads an event that is only to be looked at. Confined to one event loop; not thread-safe. */
public final class EventJson {
    private final IsoClock clock;

    /** @param clock for events without a time */
    public EventJson(InstantSource clock) {
        this.clock = new IsoClock(clock);
    }

    /**
     * As {@code POST /v1/events} reads {@code application/json}.
     *
     * @throws dev.sluice.http.ProblemException 400 with every fault in it
     */
    public Draft decode(Buffer body) {
        return JsonDecoder.PLAIN.decode(JsonText.of(body), new Stamp(null, null, "", null, clock.now(), 0), null);
    }
}
