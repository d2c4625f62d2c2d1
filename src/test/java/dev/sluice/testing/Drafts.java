package dev.sluice.testing;

import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import io.vertx.core.buffer.Buffer;

/** Events to start with. */
public final class Drafts {
    private Drafts() {}

    public static Draft plain(String type) {
        return new Draft(attributes(type), Buffer.buffer("{\"n\":1}"), null, null);
    }

    public static Draft repeatable(String type, String key) {
        return new Draft(attributes(type), Buffer.buffer("{\"n\":1}"), null, key);
    }

    private static Attributes attributes(String type) {
        return Attributes.of(
                "type",
                type,
                "source",
                "test",
                "time",
                "2026-01-01T00:00:00.000Z",
                "datacontenttype",
                "application/json");
    }
}
