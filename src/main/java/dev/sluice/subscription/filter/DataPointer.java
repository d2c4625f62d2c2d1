package dev.sluice.subscription.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * A JSON pointer (RFC 6901) into an event of which only the data can be pointed at: {@code /data} and what is below it.
 *
 * @param text   as it was written
 * @param tokens below {@code data}, unescaped; of an array's element the index in digits
 */
public record DataPointer(String text, List<String> tokens) {
    private static final String DATA = "/data";

    public DataPointer {
        tokens = List.copyOf(tokens);
    }

    /** A name that starts so is no attribute's name. */
    public static boolean isPointer(String name) {
        return name.startsWith("/");
    }

    /** @throws IllegalArgumentException says what was expected */
    public static DataPointer of(String text) {
        if (!text.equals(DATA) && !text.startsWith(DATA + "/")) {
            throw new IllegalArgumentException("%s (expected: /data, or what is below it)".formatted(text));
        }
        List<String> tokens = new ArrayList<>();
        int from = DATA.length() + 1;
        while (from <= text.length()) {
            int slash = text.indexOf('/', from);
            int to = slash < 0 ? text.length() : slash;
            tokens.add(unescaped(text.substring(from, to)));
            from = to + 1;
        }
        return new DataPointer(text, tokens);
    }

    private static String unescaped(String token) {
        for (int tilde = token.indexOf('~'); tilde >= 0; tilde = token.indexOf('~', tilde + 1)) {
            char next = tilde + 1 < token.length() ? token.charAt(tilde + 1) : ' ';
            if (next != '0' && next != '1') {
                throw new IllegalArgumentException("%s (expected: ~0 for ~, ~1 for /)".formatted(token));
            }
        }
        return token.replace("~1", "/").replace("~0", "~");
    }

    /** A member's name as one token of a pointer. */
    public static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
