package dev.sluice.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * The objects that a folder of {@code k8s/} stands for, without a tool. It knows what these folders use of kustomize, and
 * refuses everything else, so that it never renders less than is written. Generated names get no hash.
 */
final class Kustomization {
    private static final Set<String> KNOWN = Set.of(
            "apiVersion",
            "kind",
            "resources",
            "configMapGenerator",
            "secretGenerator",
            "generatorOptions",
            "patches",
            "labels",
            "nameSuffix",
            "images");

    private final Path folder;
    private final JsonObject written;
    private List<JsonObject> objects = new ArrayList<>();

    private Kustomization(Path folder) {
        this.folder = folder;
        this.written = documents(read(folder.resolve("kustomization.yaml"))).get(0);
    }

    static List<JsonObject> render(Path folder) {
        return new Kustomization(folder.normalize()).render();
    }

    /** Each as a tree; empty ones left out. */
    static List<JsonObject> documents(String yaml) {
        Load load = new Load(LoadSettings.builder().setSchema(new CoreSchema()).build());
        return StreamSupport.stream(load.loadAllFromString(yaml).spliterator(), false)
                .filter(Map.class::isInstance)
                .map(document -> new JsonObject(new JsonObject(strings((Map<?, ?>) document)).encode()))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> strings(Map<?, ?> document) {
        return (Map<String, Object>) document;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private List<JsonObject> render() {
        assertThat(KNOWN).as(folder.toString()).containsAll(written.fieldNames());
        texts("resources").forEach(this::resource);
        trees("configMapGenerator").forEach(this::configMap);
        trees("secretGenerator").forEach(this::secret);
        trees("patches").forEach(this::patch);
        trees("labels").forEach(labels -> objects.forEach(object -> label(object, labels)));
        String suffix = written.getString("nameSuffix", "");
        objects.forEach(object -> suffix(object, suffix));
        trees("images").forEach(image -> objects.forEach(object -> image(object, image)));
        return objects;
    }

    private Stream<String> texts(String name) {
        return written.getJsonArray(name, new JsonArray()).stream().map(String.class::cast);
    }

    private Stream<JsonObject> trees(String name) {
        return trees(written.getJsonArray(name, new JsonArray()));
    }

    private static Stream<JsonObject> trees(JsonArray list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonObject.class::cast);
    }

    private void resource(String name) {
        Path path = folder.resolve(name);
        objects.addAll(Files.isDirectory(path) ? render(path) : documents(read(path)));
    }

    private void configMap(JsonObject generator) {
        JsonObject data = new JsonObject();
        generator.getJsonArray("files").forEach(file -> data.put((String) file, read(folder.resolve((String) file))));
        generate(generator, "ConfigMap", data);
    }

    private void secret(JsonObject generator) {
        JsonObject data = new JsonObject();
        generator.getJsonArray("literals").forEach(literal -> {
            String[] pair = ((String) literal).split("=", 2);
            data.put(pair[0], Base64.getEncoder().encodeToString(pair[1].getBytes(StandardCharsets.UTF_8)));
        });
        generate(generator, "Secret", data);
    }

    private void generate(JsonObject generator, String kind, JsonObject data) {
        JsonObject options = written.getJsonObject("generatorOptions", new JsonObject());
        JsonObject metadata = new JsonObject().put("name", generator.getString("name"));
        if (options.containsKey("labels")) {
            metadata.put("labels", options.getJsonObject("labels").copy());
        }
        JsonObject object = new JsonObject()
                .put("apiVersion", "v1")
                .put("kind", kind)
                .put("metadata", metadata)
                .put("data", data);
        if (kind.equals("Secret")) {
            object.put("type", "Opaque");
        }
        if ("replace".equals(generator.getString("behavior"))) {
            JsonObject former = target(object);
            objects.remove(former);
            former.getJsonObject("metadata").mergeIn(metadata, true);
            metadata.mergeIn(former.getJsonObject("metadata"), true);
        }
        objects.add(object);
    }

    private void patch(JsonObject entry) {
        String text =
                entry.containsKey("path") ? read(folder.resolve(entry.getString("path"))) : entry.getString("patch");
        List<JsonObject> patches = documents(text);
        assertThat(patches)
                .as("kustomize fails on several patches in one file: %s", entry)
                .hasSize(1);
        JsonObject target = target(patches.get(0));
        if ("delete".equals(patches.get(0).getString("$patch"))) {
            objects.remove(target);
        } else {
            StrategicMerge.merge(target, patches.get(0));
        }
    }

    private JsonObject target(JsonObject patch) {
        List<JsonObject> found =
                objects.stream().filter(object -> id(object).equals(id(patch))).toList();
        assertThat(found).as("what %s in %s is for", id(patch), folder).hasSize(1);
        return found.get(0);
    }

    static String id(JsonObject object) {
        return "%s %s %s"
                .formatted(
                        object.getString("apiVersion"),
                        object.getString("kind"),
                        object.getJsonObject("metadata").getString("name"));
    }

    private static void label(JsonObject object, JsonObject labels) {
        assertThat(labels.getMap()).containsOnlyKeys("pairs", "includeSelectors", "includeTemplates");
        JsonObject pairs = labels.getJsonObject("pairs");
        JsonObject metadata = object.getJsonObject("metadata");
        metadata.put(
                "labels", metadata.getJsonObject("labels", new JsonObject()).mergeIn(pairs));
        labelWithin(object.getJsonObject("spec"), pairs);
    }

    /** Every selector, and what templates make. */
    private static void labelWithin(Object part, JsonObject pairs) {
        if (part instanceof JsonArray list) {
            list.forEach(item -> labelWithin(item, pairs));
        } else if (part instanceof JsonObject tree) {
            tree.fieldNames().forEach(name -> labelWithin(tree.getValue(name), pairs));
            Stream.of("matchLabels", "labels")
                    .filter(tree::containsKey)
                    .forEach(name -> tree.getJsonObject(name).mergeIn(pairs));
        }
    }

    private static void suffix(JsonObject object, String suffix) {
        JsonObject metadata = object.getJsonObject("metadata");
        metadata.put("name", metadata.getString("name") + suffix);
        JsonObject scaled = object.getJsonObject("spec", new JsonObject()).getJsonObject("scaleTargetRef");
        if (scaled != null) {
            scaled.put("name", scaled.getString("name") + suffix);
        }
    }

    private static void image(JsonObject object, JsonObject image) {
        if (object.getString("kind").equals("Deployment")) {
            trees(Manifest.pod(object).getJsonArray("containers"))
                    .filter(container -> container.getString("image").startsWith(image.getString("name") + ":"))
                    .forEach(container ->
                            container.put("image", image.getString("newName") + ":" + image.getString("newTag")));
        }
    }
}
