package dev.sluice.k8s;

import static dev.sluice.k8s.Manifest.container;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/** The overlays, each as the objects that a cluster is given. */
abstract class OverlayHarness {
    static Stream<Manifest> overlays() {
        return Stream.of("dev", "production", "tiers").map(Manifest::of);
    }

    static List<JsonObject> probes(JsonObject container) {
        return Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                .filter(container::containsKey)
                .map(container::getJsonObject)
                .toList();
    }
}
