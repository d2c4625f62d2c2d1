package dev.sluice.http;

import dev.sluice.config.Nearest;
import dev.sluice.http.Problem.FieldError;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A member of a request's JSON, and where to report what is wrong with it. Reading goes on after a problem, so that the
 * user sees all of them; what could not be read is null. A JSON {@code null} is an absent member.
 *
 * @param pointer RFC 6901
 * @param errors  shared by all fields of one request
 */
public record Field(String pointer, @Nullable Object value, List<FieldError> errors) {

    /** A body may hold hundreds of thousands, each a line of the answer. */
    private static final int MOST_ERRORS = 100;

    public static Field root(JsonObject json) {
        return new Field("", json, new ArrayList<>());
    }

    public boolean isAbsent() {
        return value == null;
    }

    public Field member(String name) {
        Object member = value instanceof JsonObject object ? object.getValue(name) : null;
        return new Field(pointer + "/" + escaped(name), member, errors);
    }

    /** As a part of a pointer. */
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** Refuses whatever is no object, and each member of another name. */
    public void expectOnly(Set<String> names) {
        if (value instanceof JsonObject object) {
            String all = String.join(", ", names);
            object.fieldNames().stream()
                    .filter(name -> !names.contains(name))
                    .limit(MOST_ERRORS)
                    .forEach(name -> member(name).refuse("unknown (expected: one of %s%s)", all, near(name, names)));
        } else if (value != null) {
            refuse("not an object");
        }
    }

    private static String near(String name, Set<String> names) {
        return Nearest.guess(name, names).map("; nearest: %s"::formatted).orElse("");
    }

    public List<Field> elements(int min, int max) {
        if (!(value instanceof JsonArray array)) {
            if (value != null) {
                refuse("not an array");
            }
            return List.of();
        }
        if (array.size() < min || array.size() > max) {
            refuse("%d elements (expected: %d to %d)", array.size(), min, max);
            return List.of();
        }
        List<Field> elements = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            elements.add(new Field(pointer + "/" + i, array.getValue(i), errors));
        }
        return elements;
    }

    /** Without white space around it. */
    public @Nullable String text(int maxLength) {
        String text = verbatim(maxLength);
        return text == null ? null : text.strip();
    }

    /** As {@link #text}, of what people call something. */
    public @Nullable String name(int maxLength) {
        String name = text(maxLength);
        String problem = name == null ? null : PlainText.problem(name);
        if (problem != null) {
            refuse("%s", problem);
        }
        return problem == null ? name : null;
    }

    public @Nullable String verbatim(int maxLength) {
        if (value instanceof String text && text.length() <= maxLength) {
            return text;
        }
        if (value instanceof String text) {
            refuse("%d characters (expected: at most %d)", text.length(), maxLength);
        } else if (value != null) {
            refuse("not a string");
        }
        return null;
    }

    public @Nullable Boolean truth() {
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value != null) {
            refuse("not true or false");
        }
        return null;
    }

    public @Nullable Long whole(long min, long max) {
        if (value == null) {
            return null;
        }
        boolean whole = value instanceof Integer || value instanceof Long;
        if (whole && value instanceof Number number && number.longValue() >= min && number.longValue() <= max) {
            return number.longValue();
        }
        refuse("%s (expected: a whole number, %d to %d)", shown(), min, max);
        return null;
    }

    /** @param text how a value is written */
    public <E extends Enum<E>> @Nullable E oneOf(E[] values, Function<E, String> text) {
        if (value == null) {
            return null;
        }
        for (E one : values) {
            if (text.apply(one).equals(value)) {
                return one;
            }
        }
        String known = Arrays.stream(values).map(text).collect(Collectors.joining(", "));
        refuse("%s (expected: one of %s)", value instanceof String named ? named : "not a string", known);
        return null;
    }

    public @Nullable Double share() {
        if (value == null) {
            return null;
        }
        if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
            return number.doubleValue();
        }
        refuse("%s (expected: a number, 0 to 1)", shown());
        return null;
    }

    public void expectPresent() {
        if (value == null) {
            refuse("missing");
        }
    }

    public void refuse(String detail, Object... arguments) {
        if (errors.size() < MOST_ERRORS) {
            errors.add(new FieldError(pointer, detail.formatted(arguments)));
        }
    }

    private String shown() {
        return value instanceof Number ? value.toString() : "not a number";
    }
}
