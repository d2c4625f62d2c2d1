package dev.sluice.source.place;

import dev.sluice.http.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names and values as a form or a query writes them ({@code application/x-www-form-urlencoded}, WHATWG URL, 5.1). */
public final class FormFields {
    static final int MOST = 1000;

    private FormFields() {}

    /**
     * Of a name given twice the first counts.
     *
     * @param what  they are of, for the message
     * @throws dev.sluice.http.ProblemException 400 for more than a thousand
     */
    public static Map<String, String> parse(String text, String what) {
        Map<String, String> fields = new LinkedHashMap<>();
        int count = 0;
        for (int from = 0; from < text.length(); ) {
            int ampersand = text.indexOf('&', from);
            int to = ampersand < 0 ? text.length() : ampersand;
            if (to > from) {
                requireFew(++count, what);
                int equals = text.indexOf('=', from);
                boolean hasValue = equals >= 0 && equals < to;
                String name = decode(text.substring(from, hasValue ? equals : to));
                fields.putIfAbsent(name, hasValue ? decode(text.substring(equals + 1, to)) : "");
            }
            from = to + 1;
        }
        return fields;
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
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isEscape = c == '%'
                    && i + 2 < text.length()
                    && HexFormat.isHexDigit(text.charAt(i + 1))
                    && HexFormat.isHexDigit(text.charAt(i + 2));
            if (isEscape) {
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else if (c < 0x80) {
                bytes.write(c == '+' ? ' ' : c);
            } else {
                int end = Character.isHighSurrogate(c) && i + 1 < text.length() ? i + 2 : i + 1;
                bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end - 1;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
