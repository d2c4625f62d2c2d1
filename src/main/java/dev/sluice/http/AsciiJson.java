package dev.sluice.http;

/** JSON as PHP's {@code json_encode} writes it by default: slashes escaped, and whatever is not ASCII. */
public final class AsciiJson {
    private AsciiJson() {}

    /** A string with its quotes. A lone surrogate, which UTF-8 cannot carry, stays as its escape. */
    public static String quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\', '/' -> json.append('\\').append(c);
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> append(json, c);
            }
        }
        return json.append('"').toString();
    }

    /** What an encoder wrote that escapes neither: both can only be inside of strings. */
    public static String escape(String encoded) {
        StringBuilder json = new StringBuilder(encoded.length() + encoded.length() / 8);
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '/') {
                json.append('\\');
            }
            append(json, c);
        }
        return json.toString();
    }

    private static void append(StringBuilder json, char c) {
        if (c < ' ' || c > 0x7F) {
            json.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                json.append(Character.forDigit((c >> shift) & 0xF, 16));
            }
        } else {
            json.append(c);
        }
    }
}
