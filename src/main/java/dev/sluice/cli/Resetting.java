package dev.sluice.cli;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A merge patch that says all of an object: null resets what is there and not said, at any depth. */
final class Resetting {
    /** As Sluice shows a secret: without one of its own, an object keeps it. */
    private static final String MASK = "••••••";

    private Resetting() {}

    /**
     * @param there    what may be reset
     * @param said     by the file
     * @param provided said by somebody else, where the file says nothing
     */
    static JsonObject patch(JsonObject there, JsonObject said, JsonObject provided) {
        JsonObject patch = said.copy();
        for (String name : there.fieldNames()) {
            Object former = there.getValue(name);
            Object next = said.getValue(name);
            Object other = provided.getValue(name);
            boolean isSaid = said.containsKey(name);
            if (former instanceof JsonObject object && (isSaid ? next : other) instanceof JsonObject) {
                JsonObject inner = patch(object, orEmpty(next), orEmpty(other));
                if (isSaid || !inner.isEmpty()) {
                    patch.put(name, inner);
                }
            } else if (!isSaid && other == null && !MASK.equals(former)) {
                patch.putNull(name);
            }
        }
        return patch;
    }

    private static JsonObject orEmpty(@Nullable Object value) {
        return value instanceof JsonObject object ? object : new JsonObject();
    }
}
