package dev.sluice.k8s;

import static dev.sluice.k8s.Manifest.at;
import static dev.sluice.k8s.Manifest.container;
import static dev.sluice.k8s.Manifest.list;
import static dev.sluice.k8s.Manifest.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.SluiceConfig;
import dev.sluice.config.load.ConfigLoader;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The settings that a pod of a Deployment starts with, as it reads them: its file and its environment. */
final class PodSettings {
    private static final String STAND_IN = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private PodSettings() {}

    /** Fails for a setting or a variable that Sluice does not know. */
    static SluiceConfig of(Manifest manifest, JsonObject deployment) {
        try {
            Path file = Files.createTempFile("sluice", ".yaml");
            try {
                Files.writeString(file, file(manifest, deployment));
                return new ConfigLoader(environment(deployment)).load(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What {@code --config} names, through mount and volume to the ConfigMap. */
    private static String file(Manifest manifest, JsonObject deployment) {
        List<Object> arguments =
                container(deployment).getJsonArray("args").stream().toList();
        assertThat(arguments).startsWith("--config");
        Path path = Path.of((String) arguments.get(1));
        JsonObject mount = list(container(deployment), "/volumeMounts").stream()
                .filter(found ->
                        found.getString("mountPath").equals(path.getParent().toString()))
                .findFirst()
                .orElseThrow();
        String map = list(pod(deployment), "/volumes").stream()
                .filter(volume -> volume.getString("name").equals(mount.getString("name")))
                .map(volume -> (String) at(volume, "/configMap/name"))
                .findFirst()
                .orElseThrow();
        return manifest.all("ConfigMap")
                .filter(found -> Manifest.name(found).equals(map))
                .map(found ->
                        found.getJsonObject("data").getString(path.getFileName().toString()))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> environment(JsonObject deployment) {
        Map<String, String> environment = new HashMap<>();
        list(container(deployment), "/env")
                .forEach(
                        variable -> environment.put(variable.getString("name"), variable.getString("value", STAND_IN)));
        return environment;
    }
}
