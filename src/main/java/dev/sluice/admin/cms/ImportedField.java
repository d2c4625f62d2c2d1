package dev.sluice.admin.cms;

import dev.sluice.http.Problem;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A member of a record that came out of a database or an API: JSON may be in a text, a switch may be a number. What cannot
 * be read is thrown as a problem 400 {@code invalid-record}.
 */
record ImportedField(String name, @Nullable Object value) {
    private static final Set<String> TRUE = Set.of("1", "true", "t");
    private static final Set<String> FALSE = Set.of("0", "false", "f", "");

    static ImportedField of(JsonObject record, String name) {
        return new ImportedField(name, record.getValue(name));
    }

    String text() {
        if (value instanceof String text) {
            return text.strip();
        }
        throw wrong(value == null ? "missing" : "not a string");
    }

    /** True where nothing is said. */
    boolean truth() {
        String word = value == null ? "1" : String.valueOf(value).toLowerCase(Locale.ROOT);
        if (!TRUE.contains(word) && !FALSE.contains(word)) {
            throw wrong("%s (expected: true or false)".formatted(word));
        }
        return TRUE.contains(word);
    }

    /** Also of a list with gaps, which PHP writes as an object. */
    List<Object> list() {
        Object json = json();
        if (json instanceof JsonArray array) {
            return array.stream().toList();
        }
        if (json instanceof JsonObject object) {
            return object.stream().map(member -> member.getValue()).toList();
        }
        if (json == null) {
            return List.of();
        }
        throw wrong("not a list");
    }

    /** Empty also for an empty list, which PHP writes for a map without members. */
    JsonObject object() {
        Object json = json();
        boolean isEmpty = json == null || (json instanceof JsonArray array && array.isEmpty());
        if (json instanceof JsonObject object) {
            return object;
        }
        if (isEmpty) {
            return new JsonObject();
        }
        throw wrong("not an object");
    }

    /** Names of events, and no patterns: a {@code *} would get events that it did not get before. */
    List<String> events() {
        List<String> events = new ArrayList<>();
        for (Object event : list()) {
            if (!(event instanceof String name) || name.indexOf('*') >= 0) {
                throw wrong("%s (expected: names of events)".formatted(event));
            }
            Stream.of(name.strip()).filter(one -> !one.isEmpty()).forEach(events::add);
        }
        return events;
    }

    /** A text, number or switch as text; null for anything else. */
    static @Nullable String scalar(@Nullable Object value) {
        boolean isScalar = value instanceof String || value instanceof Number || value instanceof Boolean;
        return isScalar ? String.valueOf(value) : null;
    }

    RuntimeException wrong(String detail) {
        return Problem.of(400, "invalid-record", "The record is not valid", name + ": " + detail)
                .asException();
    }

    private @Nullable Object json() {
        if (!(value instanceof String text)) {
            return value;
        }
        try {
            return text.isBlank() ? null : Json.decodeValue(text);
        } catch (DecodeException notJson) {
            throw wrong("not JSON");
        }
    }
}
