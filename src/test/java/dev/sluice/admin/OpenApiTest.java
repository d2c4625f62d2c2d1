package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.web.Mount;
import dev.sluice.admin.web.Resources;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.ext.web.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class OpenApiTest {
    private static final Set<String> INGEST =
            Set.of("POST /v1/events", "POST /v1/sources/{source}/events", "POST /v1/sources/{source}/emit");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    private final JsonObject contract = contract();

    @Test
    void holdsEveryRouteAndNoOther() {
        Set<String> served = new TreeSet<>(INGEST);
        try (Api api = new Api()) {
            api.router.getRoutes().stream()
                    .filter(route -> route.methods() != null && route.getPath() != null)
                    .filter(route -> !route.getPath().equals("/v1/broken"))
                    .forEach(route -> route.methods().stream()
                            .filter(method -> !method.name().equals("HEAD"))
                            .forEach(method ->
                                    served.add(method + " " + route.getPath().replaceAll(":(\\w+)", "{$1}"))));
        }
        Set<String> written = new TreeSet<>();
        operations().forEach(operation -> written.add(operation.name()));
        assertThat(written).isEqualTo(served);
    }

    @Test
    void refersOnlyToWhatIsThere() {
        List<String> references = new ArrayList<>();
        collect(contract, references);
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                JsonPointer.from(reference.substring(1)).queryJson(contract))
                        .as(reference)
                        .isNotNull());
    }

    @Test
    void usesEveryComponent() {
        List<String> references = new ArrayList<>();
        collect(contract, references);
        JsonObject components = contract.getJsonObject("components");
        for (String kind : components.fieldNames()) {
            if (!kind.equals("securitySchemes")) {
                components
                        .getJsonObject(kind)
                        .fieldNames()
                        .forEach(name -> assertThat(references).contains("#/components/" + kind + "/" + name));
            }
        }
    }

    @Test
    void namesEachOperationOnce() {
        assertThat(operations().stream().map(one -> one.json().getString("operationId")))
                .doesNotContainNull()
                .doesNotHaveDuplicates();
    }

    @Test
    void declaresTheParametersOfEachPath() {
        for (Operation operation : operations()) {
            Set<String> declared = new TreeSet<>();
            for (JsonObject owner : List.of(operation.item(), operation.json())) {
                owner.getJsonArray("parameters", new JsonArray())
                        .forEach(one -> declared.add(resolved((JsonObject) one).getString("in") + " "
                                + resolved((JsonObject) one).getString("name")));
            }
            Matcher named = PARAMETER.matcher(operation.path());
            while (named.find()) {
                assertThat(declared).as(operation.name()).contains("path " + named.group(1));
            }
        }
    }

    @Test
    void declaresTheQueryOfEachOperationAsTheRoutesKnowIt() {
        Map<String, Set<String>> known = new HashMap<>();
        try (Api api = new Api()) {
            for (Route route : api.router.getRoutes()) {
                Set<String> query = route.getMetadata(Mount.QUERY);
                if (query != null) {
                    String path = route.getPath().replaceAll(":(\\w+)", "{$1}");
                    route.methods().forEach(method -> known.put(method + " " + path, query));
                }
            }
        }
        for (Operation operation : operations()) {
            assertThat(declared(operation, "query"))
                    .as(operation.name())
                    .isEqualTo(new TreeSet<>(known.getOrDefault(operation.name(), Set.of())));
        }
    }

    private Set<String> declared(Operation operation, String place) {
        Set<String> names = new TreeSet<>();
        for (JsonObject owner : List.of(operation.item(), operation.json())) {
            owner.getJsonArray("parameters", new JsonArray()).stream()
                    .map(one -> resolved((JsonObject) one))
                    .filter(parameter -> parameter.getString("in").equals(place))
                    .forEach(parameter -> names.add(parameter.getString("name")));
        }
        return names;
    }

    @Test
    void saysWhatHappensWithoutAKeyWhereOneIsNeeded() {
        for (Operation operation : operations()) {
            boolean open = operation.json().containsKey("security")
                    && operation.json().getJsonArray("security").isEmpty();
            Set<String> answers = operation.json().getJsonObject("responses").fieldNames();
            if (open && operation.name().startsWith("POST")) {
                assertThat(answers)
                        .as(operation.name())
                        .contains("400", "408", "413", "503")
                        .doesNotContain("401", "403");
            } else if (open) {
                assertThat(answers).as(operation.name()).containsExactly("200", "400", "414", "431");
            } else {
                assertThat(answers).as(operation.name()).contains("401", "403", "421", "503");
                assertThat(answers).as(operation.name()).anyMatch(status -> status.startsWith("2"));
            }
        }
    }

    private record Operation(String path, JsonObject item, String method, JsonObject json) {
        String name() {
            return method.toUpperCase(Locale.ROOT) + " " + path;
        }
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        JsonObject paths = contract.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject item = paths.getJsonObject(path);
            item.fieldNames().stream()
                    .filter(METHODS::contains)
                    .forEach(method -> operations.add(new Operation(path, item, method, item.getJsonObject(method))));
        }
        return operations;
    }

    private JsonObject resolved(JsonObject json) {
        String reference = json.getString("$ref");
        return reference == null
                ? json
                : (JsonObject) JsonPointer.from(reference.substring(1)).queryJson(contract);
    }

    private static void collect(Object node, List<String> references) {
        if (node instanceof JsonObject object) {
            if (object.getValue("$ref") instanceof String reference) {
                references.add(reference);
            }
            object.forEach(member -> collect(member.getValue(), references));
        } else if (node instanceof JsonArray array) {
            array.forEach(element -> collect(element, references));
        }
    }

    @SuppressWarnings("unchecked")
    private static JsonObject contract() {
        String yaml = Resources.read("openapi.yaml").toString();
        return new JsonObject(
                (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }
}
