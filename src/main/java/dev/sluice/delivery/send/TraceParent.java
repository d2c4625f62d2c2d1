package dev.sluice.delivery.send;

import java.util.regex.Pattern;

/** The {@code traceparent} header of W3C Trace Context, level 1, §3.2. */
final class TraceParent {
    private static final int LENGTH = 55;
    private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceParent() {}

    static boolean isValid(String value) {
        return value.length() == LENGTH && FORM.matcher(value).matches();
    }
}
