package dev.sluice.admin;

import dev.sluice.admin.web.Resources;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Holds answers against what {@code openapi.yaml} says of them. Any thread. */
public final class Contract {
    private static final String BASE = "https://sluice.example/openapi";
    private static final Contract INSTANCE = new Contract();

    private final JsonObject contract = read();
    private final SchemaRepository schemas;
    private final Map<String, Validator> validators = new ConcurrentHashMap<>();

    private Contract() {
        JsonSchemaOptions options = new JsonSchemaOptions()
                .setBaseUri(BASE)
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic);
        schemas = SchemaRepository.create(options).dereference(BASE, JsonSchema.of(contract.copy()));
    }

    /**
     * Whether the contract has such an answer.
     *
     * @param type of the body, or null
     * @throws AssertionError if the contract says nothing of this answer, or something else
     */
    public static void check(String method, String path, int status, String type, String body) {
        INSTANCE.hold(method, path, status, type, body);
    }

    public static JsonObject document() {
        return INSTANCE.contract.copy();
    }

    private void hold(String method, String target, int status, String type, String body) {
        String path = template(target.replaceFirst("\\?.*", ""));
        String verb = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        JsonObject operations =
                path == null ? null : contract.getJsonObject("paths").getJsonObject(path);
        if (operations == null || !operations.containsKey(verb)) {
            return; // nothing is promised there
        }
        String at = "#/paths/" + escaped(path) + "/" + verb + "/responses/" + status;
        String answer = "%s %s: %d %s %s".formatted(method, target, status, type, body);
        JsonObject response = resolved(at);
        require(response != null, "%s is not in the contract for %s", at, answer);
        String reference = response.getString("$ref");
        String found = reference == null ? at : reference;
        JsonObject content = Objects.requireNonNull(resolved(found)).getJsonObject("content", new JsonObject());
        if (body.isEmpty()) {
            return;
        }
        String essence = String.valueOf(type).replaceFirst(";.*", "");
        require(
                content.containsKey(essence),
                "%s: %s is not among %s for %s",
                found,
                type,
                content.fieldNames(),
                answer);
        if (essence.endsWith("json") && content.getJsonObject(essence).containsKey("schema")) {
            validate(found + "/content/" + escaped(essence) + "/schema", body, answer);
        }
    }

    private void validate(String at, String body, String answer) {
        Validator validator =
                validators.computeIfAbsent(at, fresh -> schemas.validator(JsonSchema.of(absolute(resolved(fresh)))));
        OutputUnit result = validator.validate(Json.decodeValue(Buffer.buffer(body)));
        if (!Boolean.TRUE.equals(result.getValid())) {
            String errors = result.getErrors().stream()
                    .map(error -> error.getInstanceLocation() + " " + error.getError())
                    .collect(Collectors.joining("; "));
            throw new AssertionError("%s: %s for %s".formatted(at, errors, answer));
        }
    }

    private static JsonObject absolute(JsonObject schema) {
        return new JsonObject(schema.encode().replace("\"#/components", "\"" + BASE + "#/components"));
    }

    /** The path of the contract with the fewest parameters; null if there is none. */
    private String template(String path) {
        return contract.getJsonObject("paths").fieldNames().stream()
                .filter(one -> path.matches(one.replaceAll("\\{[^}]+}", "[^/]+")))
                .min(Comparator.comparingInt(one -> one.split("\\{", -1).length))
                .orElse(null);
    }

    private JsonObject resolved(String reference) {
        return (JsonObject) JsonPointer.from(reference.substring(1)).queryJson(contract);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static void require(boolean holds, String message, Object... arguments) {
        if (!holds) {
            throw new AssertionError(message.formatted(arguments));
        }
    }

    @SuppressWarnings("unchecked")
    private static JsonObject read() {
        String yaml = Resources.read("openapi.yaml").toString();
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return new JsonObject((Map<String, Object>) tree);
    }
}
