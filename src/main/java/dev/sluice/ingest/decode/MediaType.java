package dev.sluice.ingest.decode;

import dev.sluice.event.JsonType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A Content-Type, as far as ingest needs it.
 *
 * @param essence {@code type/subtype}, in lower case
 * @param charset in lower case, or null
 */
public record MediaType(String essence, @Nullable String charset) {
    private static final String JSON = "application/json";
    private static final MediaType PLAIN_JSON = new MediaType(JSON, null);

    public static MediaType parse(String header) {
        if (header.equalsIgnoreCase(JSON)) {
            return PLAIN_JSON;
        }
        int end = header.indexOf(';');
        String essence = (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return new MediaType(essence, end < 0 ? null : charset(header.substring(end + 1)));
    }

    private static @Nullable String charset(String parameters) {
        for (int from = 0; from < parameters.length(); ) {
            int semicolon = parameters.indexOf(';', from);
            int to = semicolon < 0 ? parameters.length() : semicolon;
            String parameter = parameters.substring(from, to).strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("charset=")) {
                return parameter
                        .substring("charset=".length())
                        .replace("\"", "")
                        .strip();
            }
            from = to + 1;
        }
        return null;
    }

    /** Whether bytes of this type are JSON text. */
    public boolean isJson() {
        return JsonType.is(essence);
    }

    /** No charset is UTF-8: JSON has no other (RFC 8259, section 8.1). */
    boolean isUtf8() {
        return charset == null || charset.equals("utf-8") || charset.equals("utf8");
    }
}
