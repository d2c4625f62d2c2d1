package dev.sluice.admin.web;

import dev.sluice.http.PlainText;
import dev.sluice.http.Problem;
import dev.sluice.http.Problem.FieldError;
import dev.sluice.subscription.Patterns;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a flat JSON object and collects every problem; {@link #check} throws them together. A null member
 * is an absent one. Use once.
 */
public final class Form {
    /** The years of RFC 3339. */
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");

    /** A body may hold hundreds of thousands, each a line of the answer. */
    private static final int MOST_ERRORS = 100;

    private final JsonObject json;
    private final Set<String> known = new TreeSet<>();
    private final List<FieldError> errors = new ArrayList<>();

    public Form(JsonObject json) {
        this.json = json;
    }

    @Nullable
    public String text(String name, int maxLength) {
        Object value = member(name);
        if (value == null) {
            return null;
        }
        if (value instanceof String text && !text.isBlank() && text.length() <= maxLength) {
            return text;
        }
        refuse(name, "%s (expected: a string of 1 to %d characters)".formatted(shown(value), maxLength));
        return null;
    }

    /** What people call something. */
    @Nullable
    public String name(String name, int maxLength) {
        String text = text(name, maxLength);
        String problem = text == null ? null : PlainText.problem(text);
        if (problem != null) {
            refuse(name, problem);
        }
        return text;
    }

    /** Never null once {@link #check} has passed. */
    public String requiredName(String name, int maxLength) {
        requirePresent(name, maxLength);
        String text = name(name, maxLength);
        return text == null ? "" : text;
    }

    /** Never null once {@link #check} has passed. */
    public String requiredText(String name, int maxLength) {
        requirePresent(name, maxLength);
        String text = text(name, maxLength);
        return text == null ? "" : text;
    }

    private void requirePresent(String name, int maxLength) {
        if (json.getValue(name) == null) {
            refuse(name, "missing (expected: a string of 1 to %d characters)".formatted(maxLength));
        }
    }

    @Nullable
    public Long whole(String name, long min, long max) {
        Object value = member(name);
        if (value == null) {
            return null;
        }
        boolean whole = value instanceof Integer || value instanceof Long;
        if (whole && value instanceof Number number && number.longValue() >= min && number.longValue() <= max) {
            return number.longValue();
        }
        refuse(name, "%s (expected: a whole number, %d to %d)".formatted(shown(value), min, max));
        return null;
    }

    @Nullable
    public Boolean truth(String name) {
        Object value = member(name);
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        refuse(name, "%s (expected: true or false)".formatted(shown(value)));
        return null;
    }

    @Nullable
    public Instant instant(String name) {
        Object value = member(name);
        if (value == null) {
            return null;
        }
        try {
            Instant instant = Instant.parse(String.valueOf(value));
            if (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST)) {
                return instant;
            }
        } catch (DateTimeException malformed) {
            // falls through to the one refusal
        }
        refuse(name, "%s (expected: RFC 3339, as 2026-11-21T09:14:04Z)".formatted(shown(value)));
        return null;
    }

    @Nullable
    public JsonObject object(String name) {
        Object value = member(name);
        if (value == null || value instanceof JsonObject) {
            return (JsonObject) value;
        }
        refuse(name, "%s (expected: an object)".formatted(shown(value)));
        return null;
    }

    /** Of event types, as of a webhook. */
    public List<String> patterns(String name, int maxCount) {
        List<String> patterns = texts(name, maxCount);
        for (int i = 0; i < patterns.size(); i++) {
            String problem = Patterns.problem(patterns.get(i));
            if (problem != null) {
                refuse(name + "/" + i, problem);
            }
        }
        return patterns;
    }

    List<String> texts(String name, int maxCount) {
        Object value = member(name);
        if (value == null) {
            return List.of();
        }
        boolean fits = value instanceof JsonArray array && array.size() <= maxCount;
        if (fits && value instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)) {
            return array.stream().map(String::valueOf).toList();
        }
        refuse(name, "%s (expected: at most %d strings)".formatted(shown(value), maxCount));
        return List.of();
    }

    /** @param name of a member, or a deeper pointer without its first slash */
    public void refuse(String name, String detail) {
        errors.add(new FieldError("/" + name, detail));
    }

    /** @throws dev.sluice.http.ProblemException 400 with every problem, members of other names included */
    public void check(String type, String title) {
        json.fieldNames().stream()
                .filter(name -> !known.contains(name))
                .limit(MOST_ERRORS)
                .forEach(name -> errors.add(new FieldError(
                        "/" + name.replace("~", "~0").replace("/", "~1"),
                        "unknown (expected: one of %s)".formatted(String.join(", ", known)))));
        if (!errors.isEmpty()) {
            FieldError first = errors.get(0);
            throw Problem.of(400, type, title, "%s: %s".formatted(first.pointer(), first.detail()))
                    .withErrors(errors)
                    .asException();
        }
    }

    private @Nullable Object member(String name) {
        known.add(name);
        return json.getValue(name);
    }

    /** Some of it. */
    public static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
