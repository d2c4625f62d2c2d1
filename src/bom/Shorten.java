import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Of a bill of materials, what tells which library it is and under which licence: from one file to another. */
public final class Shorten {
    private static final Set<String> KEPT =
            Set.of("type", "bom-ref", "group", "name", "version", "hashes", "licenses", "purl");

    public static void main(String[] files) throws IOException {
        JsonObject all = new JsonObject(Files.readString(Path.of(files[0])));
        JsonObject metadata = all.getJsonObject("metadata");
        JsonArray components = new JsonArray();
        all.getJsonArray("components").forEach(one -> components.add(shortened((JsonObject) one)));
        JsonObject shortened = new JsonObject()
                .put("bomFormat", all.getValue("bomFormat"))
                .put("specVersion", all.getValue("specVersion"))
                .put("version", all.getValue("version"))
                .put("metadata", new JsonObject().put("component", shortened(metadata.getJsonObject("component"))))
                .put("components", components)
                .put("dependencies", all.getValue("dependencies"));
        Path result = Path.of(files[1]);
        Files.createDirectories(result.getParent());
        Files.writeString(result, shortened.encodePrettily() + "\n");
    }

    private static JsonObject shortened(JsonObject component) {
        List.copyOf(component.fieldNames()).stream()
                .filter(name -> !KEPT.contains(name))
                .forEach(component::remove);
        JsonArray hashes = new JsonArray();
        component.getJsonArray("hashes", new JsonArray()).stream()
                .filter(hash -> ((JsonObject) hash).getString("alg").equals("SHA-256"))
                .forEach(hashes::add);
        return hashes.isEmpty() ? component : component.put("hashes", hashes);
    }
}
