package dev.sluice.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a producer that go on to the receivers, as one attribute of the event: so they are wherever the event is,
 * in the journal, parked, dead and replayed. One line each; no header holds a line break.
 */
public final class Carried {
    /** @param name as it came */
    public record Header(String name, String value) {
        /** Whether it vouches for the bytes of the body, and says nothing once they are others. */
        public boolean isSignature() {
            String lower = name.toLowerCase(Locale.ROOT);
            return lower.contains("signature")
                    || lower.contains("hmac")
                    || lower.contains("digest")
                    || lower.equals("content-md5");
        }
    }

    private Carried() {}

    /** Null for none. */
    public static @Nullable String write(List<Header> headers) {
        if (headers.isEmpty()) {
            return null;
        }
        StringBuilder text = new StringBuilder(64 * headers.size());
        for (Header header : headers) {
            text.append(text.length() == 0 ? "" : "\n")
                    .append(header.name())
                    .append(':')
                    .append(header.value());
        }
        return text.toString();
    }

    /** @param text as {@link #write} wrote it */
    public static List<Header> read(String text) {
        List<Header> headers = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            int colon = text.indexOf(':', from);
            if (colon > from && colon < to) {
                headers.add(new Header(text.substring(from, colon), text.substring(colon + 1, to)));
            }
            from = to + 1;
        }
        return headers;
    }
}
