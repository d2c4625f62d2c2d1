package dev.sluice.admin.cms;

import dev.sluice.http.Problem.FieldError;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the members of a body; what is wrong with them is noted in Strapi's words, and thrown at the end. Use once. */
final class StrapiFields {
    /** What Strapi's own form takes; its server takes any scheme, which nothing here could send to. */
    private static final Pattern URL = Pattern.compile("(?i)https?://[^\\s/?#]+\\S*");

    private final JsonObject json;
    private final Set<String> known = new TreeSet<>();
    private final List<FieldError> errors = new ArrayList<>();

    StrapiFields(JsonObject json) {
        this.json = json;
    }

    /** Anything, if it is missing or no text. */
    String text(String name) {
        Object value = required(name);
        if (value instanceof String text) {
            if (text.isBlank()) {
                refuse("/" + name, name + " is a required field");
            }
            return text;
        }
        wrongType(name, "string", value);
        return "";
    }

    String url(String name) {
        String url = text(name).strip();
        if (!url.isEmpty() && !URL.matcher(url).matches()) {
            refuse("/" + name, name + " must be a valid URL");
        }
        return url;
    }

    JsonObject object(String name) {
        Object value = required(name);
        if (value instanceof JsonObject object) {
            return object;
        }
        wrongType(name, "object", value);
        return new JsonObject();
    }

    JsonArray array(String name) {
        Object value = required(name);
        if (value instanceof JsonArray array) {
            return array;
        }
        wrongType(name, "array", value);
        return new JsonArray();
    }

    @Nullable
    Boolean truth(String name) {
        known.add(name);
        Object value = json.getValue(name);
        if (value instanceof Boolean truth) {
            return truth;
        }
        wrongType(name, "boolean", value);
        return null;
    }

    /** A member of a member; Strapi takes numbers for texts. */
    String scalar(String name, Map.Entry<String, Object> member) {
        Object value = member.getValue();
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value);
        }
        String escaped = member.getKey().replace("~", "~0").replace("/", "~1");
        refuse("/%s/%s".formatted(name, escaped), "%s.%s must be a string".formatted(name, member.getKey()));
        return "";
    }

    List<String> texts(String name, JsonArray array) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            if (array.getValue(i) instanceof String text && !text.isBlank()) {
                texts.add(text);
            } else {
                refuse("/%s/%d".formatted(name, i), "%s[%d] must be a string".formatted(name, i));
            }
        }
        return texts;
    }

    void expectSame(String name, String expected) {
        known.add(name);
        Object value = json.getValue(name);
        if (value != null && !expected.equals(value)) {
            refuse("/" + name, "%s must be %s".formatted(name, expected));
        }
    }

    /** @throws dev.sluice.http.ProblemException 400 if anything was noted, or a member is of none of the names asked for */
    void check() {
        String others =
                json.fieldNames().stream().filter(name -> !known.contains(name)).collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            refuse("", "this field has unspecified keys: " + others);
        }
        if (!errors.isEmpty()) {
            throw StrapiErrors.invalid(errors);
        }
    }

    private @Nullable Object required(String name) {
        known.add(name);
        Object value = json.getValue(name);
        if (value == null) {
            refuse("/" + name, name + " is a required field");
        }
        return value;
    }

    /** Nothing, for what is missing: that has been said, or is allowed. */
    private void wrongType(String name, String expected, @Nullable Object value) {
        if (value != null) {
            refuse("/" + name, "%s must be a `%s` type".formatted(name, expected));
        }
    }

    private void refuse(String pointer, String message) {
        errors.add(new FieldError(pointer, message));
    }
}
