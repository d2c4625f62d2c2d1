package dev.sluice.http;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Percent-encoded bytes (RFC 3986, section 2.1), as forms, queries and headers have them. */
public final class Percent {
    private Percent() {}

    /**
     * The bytes. A percent sign without two digits stands for itself.
     *
     * @param text   each byte as a character
     * @param isForm whether a plus is a space
     */
    public static byte[] decode(String text, boolean isForm) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' && isEscape(text, i)) {
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(isForm && c == '+' ? ' ' : c);
            }
        }
        return bytes.toByteArray();
    }

    private static boolean isEscape(String text, int at) {
        return at + 2 < text.length()
                && HexFormat.isHexDigit(text.charAt(at + 1))
                && HexFormat.isHexDigit(text.charAt(at + 2));
    }
}
