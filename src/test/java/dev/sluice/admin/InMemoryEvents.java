package dev.sluice.admin;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.journal.Events;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Events that were accepted a day after the webhooks of the tests were made. */
public final class InMemoryEvents implements Events {
    public static final Instant ACCEPTED = Instant.parse("2026-11-22T10:00:00.125Z");

    private final Map<String, Kept> kept = new TreeMap<>();

    public void add(String id, String tenant, String contentType, String data, boolean pending) {
        Attributes.Builder attributes = Attributes.builder()
                .set(Attributes.TYPE, "entry.publish")
                .set(Attributes.SOURCE, "test")
                .set(Attributes.TENANT, tenant);
        if (contentType != null) {
            attributes.set(Attributes.DATA_CONTENT_TYPE, contentType);
        }
        Event event = new Event(new EventId(id), attributes.build(), Buffer.buffer(data), null);
        kept.put(id, new Kept(event, ACCEPTED, pending));
    }

    @Override
    public Future<Optional<Kept>> find(String eventId) {
        return Future.succeededFuture(Optional.ofNullable(kept.get(eventId)));
    }
}
