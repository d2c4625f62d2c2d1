package dev.sluice.http;

import org.jspecify.annotations.Nullable;

/** What to tell a person whose tool said a content type of its own. */
public final class UnsaidType {
    private static final String FORM = "application/x-www-form-urlencoded";

    private UnsaidType() {}

    /** Empty, or the end of a sentence. */
    public static String hint(@Nullable String contentType) {
        return contentType != null && contentType.regionMatches(true, 0, FORM, 0, FORM.length())
                ? "; curl -d says this by itself, add -H 'content-type: application/json'"
                : "";
    }
}
