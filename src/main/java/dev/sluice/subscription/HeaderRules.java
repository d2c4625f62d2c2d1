package dev.sluice.subscription;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which headers a webhook may add to its deliveries. */
public final class HeaderRules {
    public static final int MAX_COUNT = 50;
    public static final int MAX_NAME = 128;
    public static final int MAX_VALUE = 4096;

    /** RFC 9110, 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "upgrade",
            "expect");

    private HeaderRules() {}

    /** Null for a name that may be. */
    public static @Nullable String nameProblem(String name) {
        if (!TOKEN.matcher(name).matches()) {
            return "not a header name (expected: letters, digits and !#$%&'*+-.^_`|~)";
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (OF_THE_CONNECTION.contains(lower) || lower.startsWith("proxy-")) {
            return "%s belongs to the connection (expected: another name)".formatted(name);
        }
        if (lower.startsWith("webhook-") || lower.startsWith("sluice-")) {
            return "%s is set by Sluice (expected: another name)".formatted(name);
        }
        if (lower.equals("content-type") || lower.equals("content-encoding")) {
            return "%s follows from the body that is sent (expected: another name, or another body)".formatted(lower);
        }
        if (lower.startsWith("ce-")) {
            return "%s carries an attribute of the event, with the body 'binary' (expected: another name)"
                    .formatted(name);
        }
        return null;
    }

    /** RFC 9110, 5.5: visible characters, space and tab, of ISO 8859-1, as that is how headers are written. */
    public static @Nullable String valueProblem(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean ascii = c == '\t' || (c >= ' ' && c < 0x7f);
            boolean latin = c >= 0xa0 && c <= 0xff;
            if (!ascii && !latin) {
                return "character U+%04X at %d (expected: no line breaks, controls or characters beyond Latin-1)"
                        .formatted((int) c, i + 1);
            }
        }
        return null;
    }
}
