package dev.sluice.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** What the head of a request says about its body. */
public final class Body {
    private Body() {}

    /** The declared length in bytes, or -1 if there is none: no body, or a chunked one. */
    public static long length(HttpServerRequest request) {
        String declared = request.headers().get(HttpHeaders.CONTENT_LENGTH);
        if (declared == null) {
            return -1;
        }
        try {
            return Long.parseLong(declared);
        } catch (NumberFormatException refusedByTheParserBefore) {
            return -1;
        }
    }

    /**
     * Whether the client holds its body back until a {@code 100 Continue} (RFC 9110, section 10.1.1). After a refusal
     * such a client may send the body, or not: only a new connection tells its next request from the body.
     */
    public static boolean isAwaitingContinue(HttpServerRequest request) {
        String expected = request.headers().get(HttpHeaders.EXPECT);
        return expected != null
                && expected.equalsIgnoreCase("100-continue")
                && request.version() != HttpVersion.HTTP_1_0
                && request.bytesRead() == 0;
    }
}
