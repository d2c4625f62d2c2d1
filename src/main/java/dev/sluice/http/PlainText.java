package dev.sluice.http;

import dev.sluice.http.Problem.FieldError;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text that can be put into other text: stored in UTF-8, written into a log, shown on a page.
 *
 * <p>What people call things (webhooks, keys, tenants) is shown to other people: a line break in it makes two lines of a log,
 * and a mark of writing direction makes one name look like another. All else, such as a filter or an expression, may hold
 * those, but no half of a surrogate pair: UTF-8 has none, so it would be stored as another text.
 */
public final class PlainText {
    private static final String HALF = "half of a surrogate pair (expected: Unicode text)";

    private PlainText() {}

    /** What keeps a text from being a name, for a person; or null. */
    public static @Nullable String problem(String name) {
        if (!isUnicode(name)) {
            return HALF;
        }
        return name.codePoints()
                .filter(PlainText::isHidden)
                .mapToObj(
                        "holds U+%04X (expected: no control characters, line breaks or marks of writing direction)"
                                ::formatted)
                .findFirst()
                .orElse(null);
    }

    /** What changes how the text around it is shown. */
    public static boolean isHidden(int c) {
        int type = Character.getType(c);
        boolean isDirection = c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
        return isDirection
                || type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    public static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** @throws ProblemException 400 with a pointer to the first name or string that is not Unicode text */
    public static void requireUnicode(@Nullable Object json) {
        requireUnicode(json, "");
    }

    private static void requireUnicode(@Nullable Object json, String pointer) {
        if (json instanceof String text && !isUnicode(text)) {
            throw half(pointer);
        }
        if (json instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                requireUnicode(array.getValue(i), pointer + "/" + i);
            }
        }
        if (json instanceof JsonObject object) {
            for (String name : object.fieldNames()) {
                if (!isUnicode(name)) {
                    throw half(pointer);
                }
                requireUnicode(object.getValue(name), pointer + "/" + Field.escaped(name));
            }
        }
    }

    private static ProblemException half(String pointer) {
        return Problem.of(
                        400, "malformed-json", "Malformed JSON", (pointer.isEmpty() ? "a name" : pointer) + ": " + HALF)
                .withErrors(List.of(new FieldError(pointer, HALF)))
                .asException();
    }

    /** With an escape, as of JSON, in place of what would change how the line is shown, and of what UTF-8 does not have. */
    public static String escaped(String text) {
        boolean isPlain = text.codePoints().noneMatch(PlainText::isEscaped);
        if (isPlain) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (isEscaped(c)) {
                        escaped.append("\\u%04x".formatted(c));
                    } else {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }

    private static boolean isEscaped(int c) {
        return isHidden(c) || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
