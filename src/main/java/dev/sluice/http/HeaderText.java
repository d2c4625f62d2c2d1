package dev.sluice.http;

import java.nio.charset.StandardCharsets;

/** The value of a header, of which each byte comes as a character. */
public final class HeaderText {
    private HeaderText() {}

    /** As UTF-8, where it is UTF-8; else as ISO 8859-1, which headers once were. */
    public static String of(String value) {
        if (value.chars().allMatch(c -> c < 0x80)) {
            return value;
        }
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        boolean isUtf8 = Utf8.firstMalformed(bytes, 0, bytes.length) < 0;
        return isUtf8 ? new String(bytes, StandardCharsets.UTF_8) : value;
    }
}
