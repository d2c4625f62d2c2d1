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

    private final Filled filled;
    private final List<String> lines = new ArrayList<>();

    private Difference(Filled filled) {
        this.filled = filled;
    }

    /**
     * @param left   out of both
     * @param filled is shown of neither
     */
    static List<String> between(JsonObject before, JsonObject after, Set<String> left, Filled filled) {
        Difference difference = new Difference(filled);
        difference.objects("", "", without(before, left), without(after, left));
        return difference.lines;
    }

    static JsonObject without(JsonObject object, Set<String> members) {
        JsonObject rest = object.copy();
        members.forEach(rest::remove);
        return rest;
    }

    private void objects(String at, String form, JsonObject before, JsonObject after) {
        Set<String> names = new TreeSet<>(before.fieldNames());
        names.addAll(after.fieldNames());
        for (String name : names) {
            String member = Filled.member(name);
            values(at + member, form + member, before.getValue(name), after.getValue(name));
        }
    }

    private void values(String at, String form, @Nullable Object before, @Nullable Object after) {
        if (before instanceof JsonObject former && after instanceof JsonObject next) {
            objects(at, form, former, next);
        } else if (before instanceof JsonArray former
                && after instanceof JsonArray next
                && former.size() == next.size()) {
            for (int i = 0; i < former.size(); i++) {
                values(at + "/" + i, form + "/*", former.getValue(i), next.getValue(i));
            }
        } else if (!Objects.equals(before, after)) {
            lines.add("%s: %s -> %s".formatted(at, shown(form, before), shown(form, after)));
        }
    }

    /** Cut behind the hiding, or a part of a secret could stay. */
    private String shown(String form, @Nullable Object value) {
        String text = filled.shown(
                form, value instanceof String said ? "\"" + said + "\"" : value == null ? "nothing" : value.toString());
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
    }
}
