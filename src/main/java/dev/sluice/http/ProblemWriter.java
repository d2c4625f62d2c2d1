package dev.sluice.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Answers a request with a {@link Problem}. */
public final class ProblemWriter {
    /** RFC 6750, 3: a 401 names the scheme. */
    private static final String CHALLENGE = "Bearer realm=\"sluice\"";

    private ProblemWriter() {}

    /** Ends the response; cuts the stream if its head is out already, since then only that tells the client. */
    public static Future<Void> write(HttpServerResponse response, Problem problem) {
        if (response.ended() || response.closed()) {
            return Future.succeededFuture();
        }
        if (response.headWritten()) {
            return response.reset();
        }
        response.setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.CONTENT_TYPE);
        Integer retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfter));
        }
        if (problem.status() == 401) {
            response.putHeader("WWW-Authenticate", CHALLENGE);
        }
        return response.end(problem.toJson().toBuffer());
    }
}
