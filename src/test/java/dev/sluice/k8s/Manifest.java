package dev.sluice.k8s;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The objects of one overlay, and ways to look into them. */
record Manifest(String overlay, List<JsonObject> objects) {
    static final Path OVERLAYS = Path.of("k8s", "overlays");

    static Manifest of(String overlay) {
        return new Manifest(overlay, Kustomization.render(OVERLAYS.resolve(overlay)));
    }

    Stream<JsonObject> all(String kind) {
        return objects.stream().filter(object -> object.getString("kind").equals(kind));
    }

    /** Deployments of Sluice itself. */
    Stream<JsonObject> gateways() {
        return all("Deployment")
                .filter(deployment -> container(deployment).getString("name").equals("sluice"));
    }

    static JsonObject pod(JsonObject deployment) {
        return (JsonObject) at(deployment, "/spec/template/spec");
    }

    static JsonObject container(JsonObject deployment) {
        return pod(deployment).getJsonArray("containers").getJsonObject(0);
    }

    static String name(JsonObject object) {
        return (String) at(object, "/metadata/name");
    }

    /** Null where there is nothing. */
    static Object at(JsonObject object, String pointer) {
        return JsonPointer.from(pointer).queryJson(object);
    }

    static List<JsonObject> list(JsonObject object, String pointer) {
        Object found = at(object, pointer);
        return found == null ? List.of() : trees((JsonArray) found).toList();
    }

    static Stream<JsonObject> trees(JsonArray list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonObject.class::cast);
    }

    /** Whether labels are what a selector wants. */
    static boolean matches(JsonObject selector, JsonObject labels) {
        return !selector.isEmpty()
                && selector.stream().allMatch(wanted -> wanted.getValue().equals(labels.getValue(wanted.getKey())));
    }

    static JsonObject labels(JsonObject deployment) {
        return (JsonObject) at(deployment, "/spec/template/metadata/labels");
    }
}
