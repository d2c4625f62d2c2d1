package dev.sluice.k8s;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.IntStream;

/** Lays a patch over an object as Kubernetes does: lists of things with a name are merged by it, others replaced. */
final class StrategicMerge {
    private static final Map<String, String> KEYS = Map.of(
            "containers", "name",
            "env", "name",
            "volumes", "name",
            "volumeMounts", "mountPath");

    private StrategicMerge() {}

    static void merge(JsonObject base, JsonObject patch) {
        for (String name : patch.fieldNames()) {
            Object change = patch.getValue(name);
            if (change instanceof JsonObject tree && base.getValue(name) instanceof JsonObject former) {
                merge(former, tree);
            } else if (change instanceof JsonArray list && KEYS.containsKey(name) && base.containsKey(name)) {
                mergeByKey(base.getJsonArray(name), list, KEYS.get(name));
            } else {
                base.put(name, change);
            }
        }
    }

    /** What is patched or new comes first, as kustomize does it. */
    private static void mergeByKey(JsonArray base, JsonArray patch, String key) {
        for (int i = patch.size() - 1; i >= 0; i--) {
            JsonObject change = patch.getJsonObject(i);
            int at = IntStream.range(0, base.size())
                    .filter(known -> change.getValue(key)
                            .equals(base.getJsonObject(known).getValue(key)))
                    .findFirst()
                    .orElse(-1);
            JsonObject merged = at < 0 ? new JsonObject() : base.getJsonObject(at);
            if (at >= 0) {
                base.remove(at);
            }
            merge(merged, change);
            base.add(0, merged);
        }
    }
}
