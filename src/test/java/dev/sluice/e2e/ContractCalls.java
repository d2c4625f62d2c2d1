package dev.sluice.e2e;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Requests to every operation of the contract, right ones and wrong ones. Seeded. */
final class ContractCalls {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final List<String> TYPES =
            List.of("", "text/plain", "application/json; charset=utf-16", "application/xml", "multipart/form-data");

    /**
     * @param path with its parameters, such as {@code /v1/webhooks/{id}}
     * @param isOpen to everybody
     */
    record Operation(String method, String path, JsonObject json, JsonArray parameters, boolean isOpen) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** @param target with its query */
    record Call(Operation operation, String target, String type, byte[] body) {
        @Override
        public String toString() {
            String text = new String(body, StandardCharsets.UTF_8);
            return "%s %s %s %s"
                    .formatted(operation.method(), target, type, text.substring(0, Math.min(300, text.length())));
        }
    }

    /** What stands for a parameter; null: whatever its schema says. */
    @FunctionalInterface
    interface Names {
        String of(Operation operation, String parameter);
    }

    private final JsonObject contract;
    private final SplittableRandom random;
    private final Invention invention;

    ContractCalls(JsonObject contract, long seed) {
        this.contract = contract;
        this.random = new SplittableRandom(seed);
        this.invention = new Invention(contract, random);
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (String path : contract.getJsonObject("paths").fieldNames()) {
            JsonObject item = contract.getJsonObject("paths").getJsonObject(path);
            for (String method : item.fieldNames()) {
                if (METHODS.contains(method)) {
                    JsonObject json = item.getJsonObject(method);
                    JsonArray parameters = new JsonArray()
                            .addAll(item.getJsonArray("parameters", new JsonArray()))
                            .addAll(json.getJsonArray("parameters", new JsonArray()));
                    boolean isOpen =
                            json.getJsonArray("security", JsonArray.of(1)).isEmpty();
                    operations.add(new Operation(method.toUpperCase(Locale.ROOT), path, json, parameters, isOpen));
                }
            }
        }
        return operations;
    }

    Call right(Operation operation, Names names) {
        String type = type(operation);
        JsonObject schema = schema(operation, type);
        Object example = example(operation, type);
        Object body = example != null && random.nextInt(3) > 0
                ? invention.safe(example)
                : schema == null ? null : invention.right(schema);
        return new Call(operation, target(operation, names, false), type, bytes(type, body));
    }

    Call wrong(Operation operation, Names names) {
        String type = type(operation);
        JsonObject schema = schema(operation, type);
        byte[] body = bytes(type, schema == null ? null : invention.wrong(schema));
        if (random.nextInt(6) == 0) {
            type = TYPES.get(random.nextInt(TYPES.size()));
        }
        if (body.length > 0 && random.nextInt(6) == 0) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        boolean isOdd = schema == null || random.nextInt(3) == 0;
        return new Call(operation, target(operation, names, isOdd), type, body);
    }

    private String target(Operation operation, Names names, boolean isOdd) {
        String path = operation.path();
        List<String> query = new ArrayList<>();
        for (Object one : operation.parameters()) {
            JsonObject parameter = invention.resolved((JsonObject) one);
            String name = parameter.getString("name");
            boolean isHere = parameter.getBoolean("required", false) || random.nextInt(3) == 0;
            String known = names.of(operation, name);
            Object value = isOdd && random.nextInt(3) == 0
                    ? invention.odd()
                    : known != null ? known : invention.right(parameter.getJsonObject("schema", new JsonObject()));
            if ("path".equals(parameter.getString("in"))) {
                String text = text(value);
                path = path.replace("{" + name + "}", encoded(text.isEmpty() ? "-" : text));
            } else if ("query".equals(parameter.getString("in")) && isHere) {
                query.add(name + "=" + encoded(text(value)));
            }
        }
        if (isOdd && random.nextInt(6) == 0) {
            query.add("unknown=1");
        }
        return path + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    private static String text(Object value) {
        return value instanceof JsonArray array
                ? String.join(",", array.stream().map(String::valueOf).toList())
                : String.valueOf(value);
    }

    private static String encoded(String text) {
        String shortened = text.length() > 2000 ? text.substring(0, 2000) : text;
        return URLEncoder.encode(shortened, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonObject content(Operation operation) {
        JsonObject body = invention.resolved(operation.json().getJsonObject("requestBody", new JsonObject()));
        return body.getJsonObject("content", new JsonObject());
    }

    /** Empty for none. */
    private String type(Operation operation) {
        List<String> types = new ArrayList<>(content(operation).fieldNames());
        if (types.isEmpty()) {
            return "";
        }
        String type = types.get(random.nextInt(types.size()));
        return type.equals("*/*") ? "application/octet-stream" : type;
    }

    /** Null where nothing is said of the body. */
    private JsonObject schema(Operation operation, String type) {
        JsonObject media = content(operation).getJsonObject(type, new JsonObject());
        return media.getJsonObject("schema");
    }

    /** Null where there is none. */
    private Object example(Operation operation, String type) {
        JsonObject media = content(operation).getJsonObject(type, new JsonObject());
        List<Object> examples = new ArrayList<>();
        media.getJsonObject("examples", new JsonObject())
                .forEach(one -> examples.add(((JsonObject) one.getValue()).getValue("value")));
        if (media.containsKey("example")) {
            examples.add(media.getValue("example"));
        }
        return examples.isEmpty() ? null : examples.get(random.nextInt(examples.size()));
    }

    private static byte[] bytes(String type, Object body) {
        if (type.isEmpty()) {
            return new byte[0];
        }
        if (body instanceof String text && !type.endsWith("json")) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        boolean isLines = type.equals("application/x-ndjson");
        String text = isLines && body instanceof JsonArray lines
                ? String.join("\n", lines.stream().map(Json::encode).toList())
                : Json.encode(body);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    Stream<Call> of(Operation operation, Names names, int count) {
        return IntStream.range(0, count).mapToObj(i -> i % 2 == 0 ? right(operation, names) : wrong(operation, names));
    }
}
