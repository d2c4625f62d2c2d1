package dev.sluice.source.place;

import dev.sluice.http.Percent;
import dev.sluice.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Names and values as a form or a query writes them ({@code application/x-www-form-urlencoded}, WHATWG URL, 5.1). */
public final class FormFields {
    static final int MOST = 1000;

    private FormFields() {}

    /**
     * Of a name given twice the first counts.
     *
     * @param text each byte as a character
     * @param what they are of, for the message
     * @throws dev.sluice.http.ProblemException 400 for more than a thousand
     */
    public static Map<String, String> parse(String text, String what) {
        Map<String, String> fields = new LinkedHashMap<>();
        each(text, what, fields::putIfAbsent);
        return fields;
    }

    /** All of them in their order, as of {@link #parse}. */
    static void each(String text, String what, BiConsumer<String, String> field) {
        int count = 0;
        for (int from = 0; from < text.length(); ) {
            int ampersand = text.indexOf('&', from);
            int to = ampersand < 0 ? text.length() : ampersand;
            if (to > from) {
                requireFew(++count, what);
                int equals = text.indexOf('=', from);
                boolean hasValue = equals >= 0 && equals < to;
                String name = decode(text.substring(from, hasValue ? equals : to));
                field.accept(name, hasValue ? decode(text.substring(equals + 1, to)) : "");
            }
            from = to + 1;
        }
    }

    static void requireFew(int count, String what) {
        if (count > MOST) {
            throw Problem.of(
                            400,
                            "invalid-event",
                            "Invalid event",
                            "%s: too many fields (expected: at most %d)".formatted(what, MOST))
                    .asException();
        }
    }

    private static String decode(String text) {
        return new String(Percent.decode(text, true), StandardCharsets.UTF_8);
    }
}
