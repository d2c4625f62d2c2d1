package dev.sluice.subscription.form;

import dev.sluice.http.Field;
import dev.sluice.subscription.filter.Comparison;
import dev.sluice.subscription.filter.Comparison.Term;
import dev.sluice.subscription.filter.Comparison.Test;
import dev.sluice.subscription.filter.DataPointer;
import dev.sluice.subscription.filter.Filter;
import dev.sluice.subscription.filter.JsonScalar;
import dev.sluice.subscription.filter.Sql;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a filter: an object with one dialect, or an array of such objects, all of which must match (the {@code filters} of
 * the CloudEvents Subscriptions API, where an empty array is no filter). Bounded, because every event that comes pays for
 * it. Used for one filter.
 */
public final class FilterForm {
    private static final String DIALECTS = "exact, prefix, suffix, all, any, not, sql";
    /** What ingest takes for a name; a delivery shows no other. */
    private static final Pattern ATTRIBUTE = Pattern.compile("[a-z0-9]{1,64}");

    private static final int MAX_DEPTH = 8;
    private static final int MAX_OPERATORS = 100;
    private static final int MAX_POINTER = 500;
    private static final int MAX_VALUE = 1000;
    /** Of all expressions of a filter: both parsing and {@code LIKE} cost more than the length of one. */
    private static final int MAX_SQL = 1000;

    private int operators;
    private int sqlLength;

    private FilterForm() {}

    /** @return null where there is none, and where it was refused */
    public static @Nullable Filter read(Field field) {
        boolean empty = field.value() instanceof JsonArray array && array.isEmpty();
        if (field.isAbsent() || empty) {
            return null;
        }
        FilterForm form = new FilterForm();
        Filter filter = field.value() instanceof JsonArray
                ? form.list(field, 1, parts -> new Filter.All(parts, true))
                : form.filter(field, 1);
        if (form.operators > MAX_OPERATORS) {
            field.refuse("too large (expected: at most %d operators)", MAX_OPERATORS);
        }
        return filter;
    }

    private @Nullable Filter filter(Field field, int depth) {
        if (!(field.value() instanceof JsonObject object) || object.size() != 1) {
            field.refuse("not an object with one member (expected: one of %s)", DIALECTS);
            return null;
        }
        if (depth > MAX_DEPTH) {
            field.refuse("nested too deeply (expected: at most %d levels)", MAX_DEPTH);
            return null;
        }
        if (++operators > MAX_OPERATORS) {
            return null;
        }
        String dialect = object.fieldNames().iterator().next();
        Field content = field.member(dialect);
        return switch (dialect) {
            case "exact" -> comparison(Test.EXACT, content);
            case "prefix" -> comparison(Test.PREFIX, content);
            case "suffix" -> comparison(Test.SUFFIX, content);
            case "all" -> list(content, depth + 1, parts -> new Filter.All(parts, false));
            case "any" -> list(content, depth + 1, Filter.Any::new);
            case "not" -> not(content, depth + 1);
            case "sql" -> sql(content);
            default -> unknown(content);
        };
    }

    private @Nullable Filter list(Field field, int depth, Function<List<Filter>, Filter> made) {
        if (!(field.value() instanceof JsonArray)) {
            field.refuse("not an array (expected: filters)");
            return null;
        }
        List<Filter> parts = field.elements(1, MAX_OPERATORS).stream()
                .map(element -> filter(element, depth))
                .filter(Objects::nonNull)
                .toList();
        return made.apply(parts);
    }

    private @Nullable Filter not(Field field, int depth) {
        Filter part = filter(field, depth);
        return part == null ? null : new Filter.Not(part);
    }

    private @Nullable Filter unknown(Field field) {
        field.refuse("unknown (expected: one of %s)", DIALECTS);
        return null;
    }

    private @Nullable Filter comparison(Test test, Field field) {
        if (!(field.value() instanceof JsonObject object) || object.isEmpty()) {
            field.refuse("not an object with members (expected: attributes or pointers, and their values)");
            return null;
        }
        operators += object.size() - 1;
        List<Term> terms = new ArrayList<>();
        for (String name : object.fieldNames()) {
            Term term = DataPointer.isPointer(name)
                    ? ofData(test, name, field.member(name))
                    : ofAttribute(name, field.member(name));
            if (term != null) {
                terms.add(term);
            }
        }
        return new Comparison(test, terms);
    }

    private static @Nullable Term ofAttribute(String name, Field field) {
        if (!ATTRIBUTE.matcher(name).matches()) {
            field.refuse("no attribute (expected: 1 to 64 of a-z and 0-9, or a pointer, as /data/entry/status)");
            return null;
        }
        String expected = text(field);
        return expected == null ? null : new Term(name, null, expected);
    }

    private static @Nullable Term ofData(Test test, String name, Field field) {
        if (name.length() > MAX_POINTER) {
            field.refuse("a pointer of %d characters (expected: at most %d)", name.length(), MAX_POINTER);
            return null;
        }
        Object expected = test == Test.EXACT ? scalar(field) : text(field);
        try {
            DataPointer pointer = DataPointer.of(name);
            return expected == null ? null : new Term(name, pointer, expected);
        } catch (IllegalArgumentException malformed) {
            field.refuse("%s", String.valueOf(malformed.getMessage()));
            return null;
        }
    }

    private static @Nullable Object scalar(Field field) {
        if (field.value() instanceof String) {
            return text(field);
        }
        Object scalar = JsonScalar.of(field.value());
        if (scalar == null) {
            field.refuse("not a string, a number, true or false");
        }
        return scalar;
    }

    private static @Nullable String text(Field field) {
        if (!(field.value() instanceof String)) {
            field.refuse("not a string");
            return null;
        }
        String text = field.verbatim(MAX_VALUE);
        if (text != null && text.isEmpty()) {
            field.refuse("empty (expected: 1 to %d characters)", MAX_VALUE);
            return null;
        }
        return text;
    }

    private @Nullable Filter sql(Field field) {
        if (!(field.value() instanceof String text)) {
            field.refuse("not a string (expected: a CESQL expression)");
            return null;
        }
        sqlLength += text.length();
        if (sqlLength > MAX_SQL) {
            field.refuse("%d characters of CESQL (expected: at most %d in a filter)", sqlLength, MAX_SQL);
            return null;
        }
        try {
            return Sql.of(text);
        } catch (IllegalArgumentException malformed) {
            field.refuse("%s", String.valueOf(malformed.getMessage()));
            return null;
        }
    }
}
