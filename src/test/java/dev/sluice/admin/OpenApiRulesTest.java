package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.web.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the contract must not hold, though YAML and OpenAPI allow it: texts cut in two, and what generated clients choke on. */
class OpenApiRulesTest {
    /** Below these there is an example, not the contract. */
    private static final Set<String> EXAMPLES = Set.of("example", "examples", "value");

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final Object contract = new Load(
                    LoadSettings.builder().setAllowDuplicateKeys(false).build())
            .loadFromString(Resources.read("openapi.yaml").toString());
    private final List<String> wrong = new ArrayList<>();

    @Test
    void cutsNoDescriptionAtAComma() {
        walk(
                "",
                contract,
                (at, object) -> object.forEach((name, value) -> {
                    if (value == null || name.contains(" ")) {
                        wrong.add(at + ": '" + name + "' stands alone; quote the text that it is a part of");
                    }
                }));
        assertThat(wrong).isEmpty();
    }

    @Test
    void describesInSentencesThatAreTexts() {
        walk("", contract, (at, object) -> {
            Object description = object.get("description");
            if (description != null && !(description instanceof String) && !at.endsWith("/properties")) {
                wrong.add(at + "/description: " + description);
            }
        });
        assertThat(wrong).isEmpty();
    }

    /** Generators take a member with a default for one that is always there. */
    @Test
    void saysDefaultsOfMembersInWords() {
        walk("", contract, (at, object) -> {
            if (object.containsKey("default") && at.contains("/properties/")) {
                wrong.add(at + ": a default; say it in the description");
            }
        });
        assertThat(wrong).isEmpty();
    }

    /** Generators take an object of which nothing is said for one that is empty. */
    @Test
    void saysOfEachObjectWhatItHolds() {
        walk("", contract, (at, object) -> {
            Object type = object.get("type");
            boolean isObject = "object".equals(type) || (type instanceof List<?> types && types.contains("object"));
            if (isObject && !object.containsKey("properties") && !object.containsKey("additionalProperties")) {
                wrong.add(at + ": an object without properties; say additionalProperties: true");
            }
        });
        assertThat(wrong).isEmpty();
    }

    /** What is read masked is shorter than what was written. */
    @Test
    void setsNoLeastLengthForWhatIsMaskedWhenRead() {
        walk("", contract, (at, object) -> {
            if (String.valueOf(object.get("description")).contains("asked when read")
                    && object.containsKey("minLength")) {
                wrong.add(at + ": minLength");
            }
        });
        assertThat(wrong).isEmpty();
    }

    /** The door refuses before any path is known. */
    @Test
    void saysOfEachOperationHowTheDoorRefuses() {
        walk("", contract, (at, object) -> {
            if (at.matches("/paths/[^ ]*")
                    && object.get("responses") instanceof Map<?, ?> responses
                    && isOperation(at)) {
                for (String status : List.of("400", "414", "431")) {
                    if (!responses.containsKey(status)) {
                        wrong.add(at + "/responses: " + status + " is missing");
                    }
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    private static boolean isOperation(String at) {
        return METHODS.contains(at.substring(at.lastIndexOf('/') + 1));
    }

    @SuppressWarnings("unchecked")
    private static void walk(String at, Object node, BiConsumer<String, Map<String, Object>> look) {
        if (node instanceof Map<?, ?> object) {
            look.accept(at, (Map<String, Object>) object);
            object.forEach((name, value) -> {
                if (!EXAMPLES.contains(name)) {
                    walk(at + "/" + name, value, look);
                }
            });
        } else if (node instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                walk(at + "/" + i, list.get(i), look);
            }
        }
    }
}
