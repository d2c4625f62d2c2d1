package dev.sluice.event;

import org.jspecify.annotations.Nullable;

/** Whether a media type says that bytes are JSON: its subtype is {@code json}, or ends with {@code +json} (RFC 6839). */
public final class JsonType {
    private static final String JSON = "json";

    private JsonType() {}

    /** @param contentType with its parameters, which do not matter */
    public static boolean is(String contentType) {
        int semicolon = contentType.indexOf(';');
        int end = semicolon < 0 ? contentType.length() : semicolon;
        while (end > 0 && contentType.charAt(end - 1) <= ' ') {
            end--;
        }
        int before = end - JSON.length() - 1;
        return before > 0
                && contentType.regionMatches(true, before + 1, JSON, 0, JSON.length())
                && (contentType.charAt(before) == '/' || contentType.charAt(before) == '+');
    }

    /** The same for data: without a type it is JSON (CloudEvents 1.0.2, JSON format, section 3.1). */
    public static boolean isOrUnsaid(@Nullable String contentType) {
        return contentType == null || is(contentType);
    }
}
