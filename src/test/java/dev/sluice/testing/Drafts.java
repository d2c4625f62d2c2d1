package dev.sluice.testing;

import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.event.Identity;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Events to start with. */
public final class Drafts {
    private Drafts() {}

    public static Draft plain(String type) {
        return plain(type, Buffer.buffer("{\"n\":1}"));
    }

    public static Draft plain(String type, Buffer data) {
        return new Draft(attributes(type), data, null, null);
    }

    public static Draft repeatable(String type, String key) {
        return new Draft(attributes(type), Buffer.buffer("{\"n\":1}"), null, Identity.of(key));
    }

    /** With an ordering key. */
    public static Draft keyed(String type, String key) {
        return keyed(type, key, null);
    }

    /** With an ordering key, and an idempotency key unless it is null. */
    public static Draft keyed(String type, String key, @Nullable String idempotencyKey) {
        Attributes attributes = Attributes.of(
                "type", type, "source", "test", "time", "2026-01-01T00:00:00.000Z", Attributes.PARTITION_KEY, key);
        return new Draft(
                attributes,
                Buffer.buffer("{\"n\":1}"),
                null,
                idempotencyKey == null ? null : Identity.of(idempotencyKey));
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
