package dev.sluice.admin.web;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Members of answers. One without a value is absent. */
public final class JsonMembers {
    private JsonMembers() {}

    public static void putIfPresent(JsonObject json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
