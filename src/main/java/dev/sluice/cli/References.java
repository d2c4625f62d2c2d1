package dev.sluice.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts in place of {@code {fromEnv: NAME}} and {@code {fromFile: PATH}} what stands there, so that no secret is in a file for
 * Git. For one object.
 */
final class References {
    private static final int MOST_BYTES = 64 * 1024;
    private static final String OWN = "SLUICE_";

    private final Map<String, String> environment;
    private final Place place;
    private final Set<String> forms = new HashSet<>();
    private final Set<String> values = new HashSet<>();

    /** @param place where paths begin */
    References(Map<String, String> environment, Place place) {
        this.environment = environment;
        this.place = place;
    }

    /** @throws CliFailure for what is not there */
    @Nullable
    Object resolve(@Nullable Object value) {
        return resolve("", value);
    }

    /** What {@link #resolve} put in. */
    Filled filled() {
        return new Filled(forms, values);
    }

    private @Nullable Object resolve(String form, @Nullable Object value) {
        if (value instanceof JsonArray array) {
            JsonArray resolved = new JsonArray();
            array.forEach(item -> resolved.add(resolve(form + "/*", item)));
            return resolved;
        }
        if (!(value instanceof JsonObject object)) {
            return value;
        }
        if (object.size() == 1 && object.getValue("fromEnv") instanceof String name) {
            return filled(form, variable(name));
        }
        if (object.size() == 1 && object.getValue("fromFile") instanceof String path) {
            return filled(form, content(path));
        }
        JsonObject resolved = new JsonObject();
        object.forEach(member ->
                resolved.put(member.getKey(), resolve(form + Filled.member(member.getKey()), member.getValue())));
        return resolved;
    }

    private String filled(String form, String value) {
        forms.add(form);
        values.add(value);
        return value;
    }

    private String variable(String name) {
        if (place.isConfined() && name.toUpperCase(Locale.ROOT).startsWith(OWN)) {
            throw new CliFailure(
                    "fromEnv: %s is one of the pod's own settings (expected: another name, not with %s in front)"
                            .formatted(name, OWN));
        }
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw new CliFailure("fromEnv: %s (expected: a variable of the environment that is set)".formatted(name));
        }
        return value;
    }

    /** A line that an editor or a tool put an end to is the same secret. */
    private String content(String path) {
        try {
            return place.text(path, MOST_BYTES).stripTrailing();
        } catch (IOException | InvalidPathException unreadable) {
            throw new CliFailure("fromFile: %s cannot be read (%s)".formatted(path, unreadable.getMessage()));
        } catch (CliFailure wrong) {
            throw new CliFailure("fromFile: %s: %s".formatted(path, wrong.reason()));
        }
    }
}
