package dev.sluice.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The picture of a host application, as a browser shows it: the https URL of one, or a data URL that holds one. */
public record Logo(String text) {
    static final int MOST_URL = 1024;
    static final int MOST_DATA = 32 * 1024;

    private static final String DATA = "data:";
    private static final Pattern IMAGE = Pattern.compile(
            "data:image/(?:png|jpeg|gif|webp|svg\\+xml);base64,[A-Za-z0-9+/]{1," + MOST_DATA + "}={0,2}");

    /** @throws IllegalArgumentException with what is wrong, and what is expected */
    public Logo {
        String problem = text.startsWith(DATA) ? problemOfData(text) : problemOfUrl(text);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    private static @Nullable String problemOfData(String text) {
        if (text.length() > MOST_DATA) {
            return "%d characters (expected: at most %d of a data URL)".formatted(text.length(), MOST_DATA);
        }
        return IMAGE.matcher(text).matches()
                ? null
                : "a data URL of another form (expected: data:image/png;base64,…, or jpeg, gif, webp or svg+xml)";
    }

    private static @Nullable String problemOfUrl(String text) {
        if (text.length() > MOST_URL) {
            return "%d characters (expected: at most %d of a URL)".formatted(text.length(), MOST_URL);
        }
        try {
            URI url = new URI(text);
            boolean isPlain = "https".equalsIgnoreCase(url.getScheme())
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && text.chars().allMatch(letter -> letter < 128);
            return isPlain ? null : "expected: an https URL without user and fragment, or a data URL of a picture";
        } catch (URISyntaxException malformed) {
            return "%s (expected: an https URL)".formatted(malformed.getMessage());
        }
    }

    public boolean isData() {
        return text.startsWith(DATA);
    }

    /**
     * What the policy of a page has to allow, so that this is shown and as little else as may be: the one URL, whose query a
     * policy cannot name; of pictures that the page brings itself only all of them can be.
     */
    String allowed() {
        if (isData()) {
            return DATA;
        }
        URI url = URI.create(text);
        String path = url.getRawPath().replace(";", "%3B").replace(",", "%2C").replace("'", "%27");
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return "https://" + url.getHost() + port + path;
    }
}
