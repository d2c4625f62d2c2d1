package dev.sluice.source.strapi;

import dev.sluice.source.dialect.DialectRefusal;
import dev.sluice.source.dialect.Parts;
import dev.sluice.source.dialect.Times;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds what Strapi would have sent. {@code version} ({@code v3}, {@code v4}, {@code v5}) chooses the form; without it the
 * parts tell: those that only version 4 and 5 know give theirs, else it is the form of version 3.
 */
final class StrapiParts {
    private static final String VERSION = "version";
    private static final Set<String> VERSIONS = Set.of("v3", "v4", "v5");
    private static final String V3_TIME = "created_at";
    private static final String TIME = "createdAt";

    private StrapiParts() {}

    static Buffer envelope(JsonObject given, Instant now, DialectRefusal refusal) {
        Parts parts = new Parts(given, refusal);
        String event = parts.event("event");
        String time = timeKey(parts);
        requireData(parts, event);
        parts.put("event", event);
        Object createdAt = parts.has(V3_TIME) ? parts.get(V3_TIME) : parts.get(TIME);
        parts.put(time, createdAt == null ? Times.text(now) : createdAt);
        parts.copy("model");
        if (!time.equals(V3_TIME)) {
            parts.copy("uid");
        }
        parts.copy("entry");
        parts.copy("entity");
        parts.copy("media");
        parts.copyOthers(Set.of(VERSION, V3_TIME, TIME));
        return parts.build().toBuffer();
    }

    /** A null entry is Strapi's own: it may be gone before the webhook was written. */
    private static void requireData(Parts parts, String event) {
        if (event.startsWith("entry.")) {
            parts.requireText("model", "the name of the content type");
            parts.require("entry", "the entry, or null");
        } else if (event.startsWith("media.")) {
            parts.require("media", "the file");
        }
    }

    private static String timeKey(Parts parts) {
        if (parts.has(V3_TIME) && parts.has(TIME)) {
            parts.refuse(TIME, "given beside created_at (expected: one of them)");
        }
        if (parts.has(VERSION)) {
            Object version = parts.get(VERSION);
            if (!(version instanceof String text) || !VERSIONS.contains(text)) {
                parts.refuse(VERSION, "not a version (expected: one of v3, v4, v5)");
            }
            return "v3".equals(version) ? V3_TIME : TIME;
        }
        boolean isLater =
                parts.has(TIME) || parts.has("uid") || isLater(parts.get("entry")) || isLater(parts.get("media"));
        return isLater && !parts.has(V3_TIME) ? TIME : V3_TIME;
    }

    private static boolean isLater(@Nullable Object entry) {
        return entry instanceof JsonObject object && (object.containsKey("documentId") || object.containsKey(TIME));
    }
}
