package dev.sluice.e2e;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Values that a schema of the contract asks for, and values that it does not. Seeded. */
final class Invention {
    private static final int DEEPEST = 5;
    private static final List<Object> ODD = List.of(
            "",
            " ",
            "\u0000",
            "\ud800",
            "é😀",
            "a".repeat(5000),
            "../..",
            "%00",
            -1,
            0,
            1.5,
            Long.MAX_VALUE,
            1e300,
            true,
            new JsonArray(),
            new JsonObject(),
            new JsonArray().add(new JsonArray()),
            new JsonObject().put("", 1));
    private static final List<String> WORDS =
            List.of("a", "order.paid", "acme", "x-y", "10", "é", "2026-11-21", "evt_1", "wh_1");
    /** Nobody listens there. */
    private static final String NOWHERE = "http://127.0.0.1:9/hook";

    private final JsonObject contract;
    private final SplittableRandom random;

    Invention(JsonObject contract, SplittableRandom random) {
        this.contract = contract;
        this.random = random;
    }

    /** Mostly right: not every rule is in the schema. */
    Object right(JsonObject schema) {
        return right(resolved(schema), 0);
    }

    /** Right but for one place. */
    Object wrong(JsonObject schema) {
        return spoilt(right(schema));
    }

    Object odd() {
        Object odd = ODD.get(random.nextInt(ODD.size()));
        return odd instanceof JsonObject object ? object.copy() : odd instanceof JsonArray array ? array.copy() : odd;
    }

    JsonObject resolved(JsonObject json) {
        JsonObject found = json;
        while (found.getString("$ref") != null) {
            found = (JsonObject)
                    JsonPointer.from(found.getString("$ref").substring(1)).queryJson(contract);
        }
        return found;
    }

    private Object right(JsonObject schema, int depth) {
        JsonArray examples = schema.getJsonArray("examples", new JsonArray());
        if (!examples.isEmpty() && random.nextBoolean()) {
            return safe(examples.copy().getValue(random.nextInt(examples.size())));
        }
        if (schema.containsKey("const")) {
            return schema.getValue("const");
        }
        if (schema.containsKey("enum")) {
            return one(schema.getJsonArray("enum"));
        }
        for (String choice : List.of("oneOf", "anyOf")) {
            if (schema.containsKey(choice)) {
                return right(resolved((JsonObject) one(schema.getJsonArray(choice))), depth);
            }
        }
        if (schema.containsKey("allOf")) {
            JsonObject whole = new JsonObject();
            schema.getJsonArray("allOf").forEach(part -> {
                if (right(resolved((JsonObject) part), depth) instanceof JsonObject object) {
                    whole.mergeIn(object);
                }
            });
            return whole;
        }
        return ofType(schema, depth);
    }

    private Object ofType(JsonObject schema, int depth) {
        Object type = schema.getValue("type");
        String one = type instanceof JsonArray types ? String.valueOf(types.getValue(0)) : String.valueOf(type);
        return switch (one) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer", "number" -> number(schema);
            case "boolean" -> random.nextBoolean();
            case "null" -> null;
            default -> text(schema);
        };
    }

    private JsonObject object(JsonObject schema, int depth) {
        JsonObject object = new JsonObject();
        JsonArray required = schema.getJsonArray("required", new JsonArray());
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        int most = schema.getInteger("maxProperties", Integer.MAX_VALUE);
        int least = schema.getInteger("minProperties", 0);
        List<String> names = new ArrayList<>(properties.fieldNames());
        for (int i = 0; i < names.size() && object.size() < most; i++) {
            boolean isLast = i == names.size() - 1 && object.size() < least;
            boolean isOptional = !required.contains(names.get(i)) && (depth > DEEPEST || random.nextInt(4) > 0);
            if (!isOptional || isLast) {
                object.put(
                        names.get(i),
                        safe(names.get(i), right(resolved(properties.getJsonObject(names.get(i))), depth + 1)));
            }
        }
        if (object.size() < least && schema.getValue("additionalProperties") instanceof JsonObject other) {
            object.put("subject", right(resolved(other), depth + 1));
        }
        return object;
    }

    private JsonArray array(JsonObject schema, int depth) {
        JsonArray array = new JsonArray();
        int count = schema.getInteger("minItems", 0) + (depth > DEEPEST ? 0 : random.nextInt(3));
        for (int i = 0; i < Math.min(count, schema.getInteger("maxItems", count)); i++) {
            array.add(right(resolved(schema.getJsonObject("items", new JsonObject())), depth + 1));
        }
        return array;
    }

    private Object number(JsonObject schema) {
        long least = schema.getNumber("minimum", 0).longValue();
        long most = schema.getNumber("maximum", least + 10).longValue();
        return random.nextInt(3) == 0
                ? (random.nextBoolean() ? least : most)
                : least + random.nextLong(Math.min(most - least, 20) + 1);
    }

    private String text(JsonObject schema) {
        return switch (schema.getString("format", "")) {
            case "uri" -> NOWHERE;
            case "date-time" -> random.nextBoolean() ? "2026-11-21T10:00:00Z" : "2100-01-01T00:00:00.000Z";
            default -> WORDS.get(random.nextInt(WORDS.size()));
        };
    }

    private Object one(JsonArray choices) {
        return choices.getValue(random.nextInt(choices.size()));
    }

    /** With one value, at whatever depth, that is something else, or missing, or one too many. */
    private Object spoilt(Object value) {
        if (value instanceof JsonObject object && !object.isEmpty() && random.nextInt(6) > 0) {
            JsonObject copy = object.copy();
            String name = new ArrayList<>(copy.fieldNames()).get(random.nextInt(copy.size()));
            switch (random.nextInt(5)) {
                case 0 -> copy.remove(name);
                case 1 -> copy.put(name + "s", copy.getValue(name));
                default -> copy.put(name, safe(name, spoilt(copy.getValue(name))));
            }
            return copy;
        }
        if (value instanceof JsonArray array && !array.isEmpty() && random.nextInt(6) > 0) {
            JsonArray copy = array.copy();
            int at = random.nextInt(copy.size());
            copy.set(at, spoilt(copy.getValue(at)));
            return copy;
        }
        return random.nextInt(8) == 0 ? null : odd();
    }

    /** There are no more partitions than before, too. */
    private Object safe(String name, Object value) {
        boolean isUrl = value instanceof String text
                && text.startsWith("http")
                && name.toLowerCase(Locale.ROOT).endsWith("url");
        return isUrl
                ? NOWHERE
                : name.equals("partitions") && value instanceof Number ? Integer.valueOf(1) : safe(value);
    }

    /** Nothing is called but this machine. */
    Object safe(Object value) {
        if (value instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            for (Map.Entry<String, Object> member : object) {
                copy.put(member.getKey(), safe(member.getKey(), member.getValue()));
            }
            return copy;
        }
        return value;
    }
}
