package dev.sluice.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts in place of {@code {fromEnv: NAME}} and {@code {fromFile: PATH}} what stands there, so that no secret is in a file for Git. */
final class References {
    private static final long MOST_BYTES = 64 * 1024;

    private final Map<String, String> environment;
    private final Path folder;

    /** @param folder that paths begin in */
    References(Map<String, String> environment, Path folder) {
        this.environment = environment;
        this.folder = folder;
    }

    /** @throws CliFailure for what is not there */
    @Nullable
    Object resolve(@Nullable Object value) {
        if (value instanceof JsonArray array) {
            JsonArray resolved = new JsonArray();
            array.forEach(item -> resolved.add(resolve(item)));
            return resolved;
        }
        if (!(value instanceof JsonObject object)) {
            return value;
        }
        if (object.size() == 1 && object.getValue("fromEnv") instanceof String name) {
            return variable(name);
        }
        if (object.size() == 1 && object.getValue("fromFile") instanceof String path) {
            return content(path);
        }
        JsonObject resolved = new JsonObject();
        object.forEach(member -> resolved.put(member.getKey(), resolve(member.getValue())));
        return resolved;
    }

    private String variable(String name) {
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw new CliFailure("fromEnv: %s (expected: a variable of the environment that is set)".formatted(name));
        }
        return value;
    }

    /** A line that an editor or a tool put an end to is the same secret. */
    private String content(String path) {
        try {
            Path file = folder.resolve(path);
            if (Files.size(file) > MOST_BYTES) {
                throw new CliFailure("fromFile: %s has %d bytes (expected: at most %d)"
                        .formatted(file, Files.size(file), MOST_BYTES));
            }
            return Files.readString(file, StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException | InvalidPathException unreadable) {
            throw new CliFailure("fromFile: %s cannot be read (%s)".formatted(path, unreadable.getMessage()));
        }
    }
}
