package dev.sluice.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where traces go, and of which events.
 *
 * @param url           of a receiver of OTLP over HTTP; null: nothing is traced
 * @param share         of the events whose producer says nothing of a trace
 * @param authorization what the receiver wants in that header, or null
 */
public record TracingConfig(
        @Nullable String url, double share, @Nullable String authorization) {
    private static final String PATH = "/v1/traces";

    public TracingConfig {
        Require.that(
                url == null || isAbsolute(url),
                "url: %s (expected: http:// or https://, a host and no user, such as http://collector:4318)",
                shown(url));
        Require.that(share >= 0 && share <= 1, "share: %s (expected: 0 to 1)", share);
        Require.that(
                authorization == null || authorization.chars().allMatch(c -> c >= ' ' && c <= '~'),
                "authorization: not shown (expected: printable ASCII)");
    }

    private static String shown(@Nullable String url) {
        return String.valueOf(url).replaceFirst("//[^/]*@", "//***@");
    }

    private static boolean isAbsolute(String text) {
        try {
            URI url = new URI(text);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https"))
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getPort() <= 65535;
        } catch (URISyntaxException none) {
            return false;
        }
    }

    public boolean isOn() {
        return url != null;
    }

    /** The URL with the path that OTLP has by default, where it has none. */
    public URI target() {
        URI whole = URI.create(String.valueOf(url));
        boolean isBare = whole.getPath().isEmpty() || whole.getPath().equals("/");
        return isBare ? whole.resolve(PATH) : whole;
    }

    @Override
    public String toString() {
        return "TracingConfig[url=%s, share=%s, authorization=%s]"
                .formatted(url, share, authorization == null ? "none" : "***");
    }
}
