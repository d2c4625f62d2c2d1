package dev.sluice.ingest.decode;

import dev.sluice.http.Percent;
import dev.sluice.http.Utf8;
import java.nio.charset.StandardCharsets;

/** The value of an attribute in a header (CloudEvents HTTP binding 1.0, section 3.1.3.2). */
final class HeaderValue {
    private HeaderValue() {}

    /**
     * Takes off quotes, then percent-decodes once. What the SDKs of Go and JavaScript send against the binding is taken
     * too: UTF-8 that is not escaped, and a percent sign without two digits, which stands for itself.
     *
     * @param header its bytes, each as a character
     * @throws IllegalArgumentException for what is not strict UTF-8 after decoding, and control characters
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
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == 0x7F || c > 0xFF) {
                throw new IllegalArgumentException("U+%04X (expected: UTF-8, percent-encoded)".formatted((int) c));
            }
        }
        byte[] decoded = Percent.decode(value, false);
        if (Utf8.firstMalformed(decoded, 0, decoded.length) >= 0) {
            throw new IllegalArgumentException("malformed bytes (expected: UTF-8, percent-encoded)");
        }
        return new String(decoded, StandardCharsets.UTF_8);
    }
}
