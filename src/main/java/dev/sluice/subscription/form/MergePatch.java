package dev.sluice.subscription.form;

import io.vertx.core.json.JsonObject;

/** JSON Merge Patch (RFC 7396). */
public final class MergePatch {
    private MergePatch() {}

    /** The target with the patch applied; neither is changed. */
    public static JsonObject apply(JsonObject target, JsonObject patch) {
        JsonObject merged = target.copy();
        for (String name : patch.fieldNames()) {
            Object value = patch.getValue(name);
            if (value == null) {
                merged.remove(name);
            } else if (value instanceof JsonObject change) {
                JsonObject inner = merged.getValue(name) instanceof JsonObject object ? object : new JsonObject();
                merged.put(name, apply(inner, change));
            } else {
                merged.put(name, value);
            }
        }
        return merged;
    }
}
