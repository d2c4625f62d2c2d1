package dev.sluice.ingest.decode;

import dev.sluice.http.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The value of an attribute in a header (CloudEvents HTTP binding 1.0, section 3.1.3.2). */
final class HeaderValue {
    private HeaderValue() {}

    /**
     * Takes off quotes, then percent-decodes once.
     *
     * @throws IllegalArgumentException for a wrong escape, what is not strict UTF-8 after decoding, or a character that
     *     had to be escaped
     */
    static String decode(String header) {
        String value = header.startsWith("\"") ? unquote(header) : header;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '%' || c < ' ' || c > '~') {
                return percentDecode(value);
            }
        }
        return value;
    }

    private static String unquote(String quoted) {
        StringBuilder text = new StringBuilder(quoted.length());
        for (int i = 1; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c == '"' && i == quoted.length() - 1) {
                return text.toString();
            }
            if (c == '"') {
                break;
            }
            if (c == '\\' && i < quoted.length() - 1) {
                i++;
            }
            text.append(quoted.charAt(i));
        }
        throw new IllegalArgumentException("a wrong quote (expected: quotes around the whole value)");
    }

    private static String percentDecode(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                throw new IllegalArgumentException("U+%04X (expected: percent-encoded UTF-8)".formatted((int) c));
            }
            if (c == '%') {
                bytes.write(16 * hex(value, i + 1) + hex(value, i + 2));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        byte[] decoded = bytes.toByteArray();
        if (Utf8.firstMalformed(decoded, 0, decoded.length) >= 0) {
            throw new IllegalArgumentException("malformed bytes (expected: percent-encoded UTF-8)");
        }
        return new String(decoded, StandardCharsets.UTF_8);
    }

    private static int hex(String value, int at) {
        int digit = at < value.length() ? Character.digit(value.charAt(at), 16) : -1;
        if (digit < 0 || value.charAt(at) > '~') {
            throw new IllegalArgumentException("a wrong escape (expected: a percent sign and two hexadecimal digits)");
        }
        return digit;
    }
}
