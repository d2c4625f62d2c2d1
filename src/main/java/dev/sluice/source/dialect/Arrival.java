package dev.sluice.source.dialect;

import dev.sluice.source.place.Letter;
import dev.sluice.source.place.Place;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as it came in.
 *
 * @param source     the source's name in the configuration
 * @param query      of the URL, or null
 * @param body       the bytes of the body, unpacked; nobody writes to them
 * @param event      the body, or the element of it that is the event
 * @param receivedAt ISO 8601 in UTC, with milliseconds
 */
public record Arrival(
        String source, MultiMap headers, @Nullable String query, Buffer body, Buffer event, String receivedAt) {
    public Arrival(String source, MultiMap headers, Buffer body, String receivedAt) {
        this(source, headers, null, body, body, receivedAt);
    }

    /** Whose event is this part of the body. */
    public Arrival of(Buffer element) {
        return new Arrival(source, headers, query, body, element, receivedAt);
    }

    public Letter letter(List<Place.Pointed> wanted) {
        return new Letter(headers, query, body, event, wanted);
    }
}
