package dev.sluice.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What differs between two forms of an object, a line for each member, by its JSON pointer. */
final class Difference {
    private static final int MOST_CHARACTERS = 120;

    private final List<String> lines = new ArrayList<>();

    private Difference() {}

    /** @param left out of both */
    static List<String> between(JsonObject before, JsonObject after, Set<String> left) {
        Difference difference = new Difference();
        difference.objects("", without(before, left), without(after, left));
        return difference.lines;
    }

    static JsonObject without(JsonObject object, Set<String> members) {
        JsonObject rest = object.copy();
        members.forEach(rest::remove);
        return rest;
    }

    private void objects(String at, JsonObject before, JsonObject after) {
        Set<String> names = new TreeSet<>(before.fieldNames());
        names.addAll(after.fieldNames());
        for (String name : names) {
            String pointer = at + "/" + name.replace("~", "~0").replace("/", "~1");
            values(pointer, before.getValue(name), after.getValue(name));
        }
    }

    private void values(String at, @Nullable Object before, @Nullable Object after) {
        if (before instanceof JsonObject former && after instanceof JsonObject next) {
            objects(at, former, next);
        } else if (before instanceof JsonArray former
                && after instanceof JsonArray next
                && former.size() == next.size()) {
            for (int i = 0; i < former.size(); i++) {
                values(at + "/" + i, former.getValue(i), next.getValue(i));
            }
        } else if (!Objects.equals(before, after)) {
            lines.add("%s: %s -> %s".formatted(at, shown(before), shown(after)));
        }
    }

    private static String shown(@Nullable Object value) {
        String text =
                value == null ? "nothing" : value instanceof String said ? "\"" + said + "\"" : String.valueOf(value);
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
    }
}
