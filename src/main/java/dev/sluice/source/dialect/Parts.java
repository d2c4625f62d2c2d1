package dev.sluice.source.dialect;

import dev.sluice.http.Field;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts from which an envelope is built: what is wrong with them is noted, and refused at the end. */
public final class Parts {
    private final JsonObject given;
    private final Field root;
    private final DialectRefusal refusal;
    /** In the order of the CMS. */
    private final JsonObject built = new JsonObject();

    public Parts(JsonObject given, DialectRefusal refusal) {
        this.given = given;
        this.root = Field.root(given);
        this.refusal = refusal;
    }

    public boolean has(String name) {
        return given.containsKey(name);
    }

    @Nullable
    public Object get(String name) {
        return given.getValue(name);
    }

    /** The name of the event, or something to go on with if it is not one. */
    public String event(String name) {
        Field field = root.member(name);
        field.expectPresent();
        String event = field.verbatim(Plain.MAX_LENGTH);
        if (event != null && !Plain.isPlain(event)) {
            field.refuse("empty, or control characters (expected: the name of an event)");
        }
        return event == null ? "" : event;
    }

    public void refuse(String name, String detail) {
        root.member(name).refuse("%s", detail);
    }

    public void require(String name, String expected) {
        if (!has(name)) {
            refuse(name, "missing (expected: " + expected + ")");
        }
    }

    public void requireText(String name, String expected) {
        if (!(get(name) instanceof String text) || !Plain.isPlain(text)) {
            refuse(name, (has(name) ? "not a name" : "missing") + " (expected: " + expected + ")");
        }
    }

    public void requireArray(String name) {
        if (has(name) && !(get(name) instanceof JsonArray)) {
            refuse(name, "not an array");
        }
    }

    public void put(String name, @Nullable Object value) {
        built.put(name, value);
    }

    /** The part as it was given; nothing, if it was not. */
    public void copy(String name) {
        if (has(name)) {
            built.put(name, get(name));
        }
    }

    /** Null, if it was not given. */
    public void copyOrNull(String name) {
        built.put(name, get(name));
    }

    /** Behind what is known, in the order given. */
    public void copyOthers(Set<String> without) {
        given.fieldNames().stream()
                .filter(name -> !built.containsKey(name) && !without.contains(name))
                .forEach(this::copy);
    }

    /** @throws dev.sluice.http.ProblemException 400 if anything was noted */
    public JsonObject build() {
        if (!root.errors().isEmpty()) {
            throw refusal.of(root.errors());
        }
        return built;
    }
}
