package dev.sluice.ingest;

import dev.sluice.http.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The secret that a source sends along: as {@code Authorization: Bearer}, or as {@code X-Sluice-Token}. */
final class SourceToken {
    private static final CharSequence OWN_HEADER = HttpHeaders.createOptimized("x-sluice-token");
    private static final String BEARER = "Bearer ";

    private final byte @Nullable [] expected;

    SourceToken(@Nullable String expected) {
        this.expected = expected == null ? null : expected.getBytes(StandardCharsets.UTF_8);
    }

    boolean isSet() {
        return expected != null;
    }

    /**
     * Compares in constant time.
     *
     * @throws dev.sluice.http.ProblemException 401 for no token or a wrong one
     */
    void require(MultiMap headers) {
        String authorization = headers.get(HttpHeaders.AUTHORIZATION);
        boolean isBearer = authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        boolean matches =
                matches(isBearer ? authorization.substring(BEARER.length()).strip() : null)
                        || matches(headers.get(OWN_HEADER));
        if (!matches) {
            throw Problem.of(
                            401,
                            "unauthorized",
                            "Unauthorized",
                            "the source's token (expected: in Authorization: Bearer, or in X-Sluice-Token)")
                    .asException();
        }
    }

    private boolean matches(@Nullable String given) {
        return given != null && MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
    }
}
