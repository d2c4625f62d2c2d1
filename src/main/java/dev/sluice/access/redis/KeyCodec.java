package dev.sluice.access.redis;

import dev.sluice.access.ApiKey;
import dev.sluice.access.Role;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** A key as JSON in Redis. */
final class KeyCodec {
    private KeyCodec() {}

    static String encode(ApiKey key) {
        return new JsonObject()
                .put("id", key.id())
                .put("name", key.name())
                .put("role", key.role().word())
                .put("tenant", key.tenant())
                .put("source", key.source())
                .put("hash", key.hash())
                .put("createdAt", key.createdAt().toString())
                .encode();
    }

    /** @throws RuntimeException if it is not what {@link #encode} wrote */
    static ApiKey decode(String text) {
        JsonObject json = new JsonObject(text);
        return new ApiKey(
                json.getString("id"),
                json.getString("name"),
                role(json.getString("role")),
                json.getString("tenant"),
                json.getString("source"),
                json.getString("hash"),
                Instant.parse(json.getString("createdAt")));
    }

    private static Role role(String word) {
        return Role.of(word)
                .orElseThrow(() -> new IllegalArgumentException(
                        "role: %s (expected: one that this version knows)".formatted(word)));
    }
}
