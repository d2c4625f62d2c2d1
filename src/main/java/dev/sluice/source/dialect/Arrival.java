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
 * @param whole      of the body whose element the event is; null for a body that is the event
 */
public record Arrival(
        String source,
        MultiMap headers,
        @Nullable String query,
        Buffer body,
        Buffer event,
        String receivedAt,
        @Nullable Letter whole) {
    public Arrival(String source, MultiMap headers, Buffer body, String receivedAt) {
        this(source, headers, null, body, receivedAt);
    }

    public Arrival(String source, MultiMap headers, @Nullable String query, Buffer body, String receivedAt) {
        this(source, headers, query, body, body, receivedAt, null);
    }

    /**
     * Whose event is this part of the body.
     *
     * @param whole the letter of this one, the same for all of its elements
     */
    public Arrival of(Buffer element, Letter whole) {
        return new Arrival(source, headers, query, body, element, receivedAt, whole);
    }

    public Letter letter(List<Place.Pointed> wanted) {
        return whole == null ? new Letter(headers, query, body, event, wanted) : whole.of(event, wanted);
    }
}
