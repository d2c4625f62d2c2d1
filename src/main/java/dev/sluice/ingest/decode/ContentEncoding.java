package dev.sluice.ingest.decode;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;

/** How the body of a request is packed. */
public enum ContentEncoding {
    NONE,
    GZIP;

    /** @throws dev.sluice.http.ProblemException 415 for any other */
    public static ContentEncoding of(MultiMap headers) {
        String encoding = headers.get(HttpHeaders.CONTENT_ENCODING);
        if (encoding == null) {
            return NONE;
        }
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "identity", "" -> NONE;
            case "gzip", "x-gzip" -> GZIP;
            default ->
                throw Refusals.unsupported("Content-Encoding: %s (expected: gzip, or none)"
                                .formatted(EventFaults.excerpt(encoding)))
                        .asException();
        };
    }
}
