package dev.sluice.access;

import dev.sluice.http.HostCheck;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a browser says about the page that makes it send a request. Other clients say nothing, and are not held up. */
final class CrossSite {
    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private CrossSite() {}

    /** RFC 9110, 9.2.1. */
    static boolean isSafe(HttpMethod method) {
        return SAFE.contains(method);
    }

    /** True if the page is of a host that is not ours, or hides which ({@code Origin: null}). */
    static boolean sent(MultiMap headers, HostCheck hosts) {
        if ("cross-site".equalsIgnoreCase(headers.get(FETCH_SITE))) {
            return true;
        }
        String origin = headers.get(HttpHeaders.ORIGIN);
        return origin != null && !isOurs(origin, hosts);
    }

    private static boolean isOurs(String origin, HostCheck hosts) {
        String host = host(origin);
        return host != null && hosts.allows(host);
    }

    private static @Nullable String host(String origin) {
        try {
            return URI.create(origin).getHost();
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
