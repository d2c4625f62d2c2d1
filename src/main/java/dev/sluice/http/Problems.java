package dev.sluice.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** Answers with a {@link Problem}. */
public final class Problems {
    private static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized(Problem.CONTENT_TYPE);
    private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("retry-after");
    private static final CharSequence CHALLENGE = HttpHeaders.createOptimized("www-authenticate");

    private Problems() {}

    /** No effect on a response that was ended, or whose connection is gone. */
    public static void write(HttpServerResponse response, Problem problem) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE);
        if (problem.status() == 401) {
            response.putHeader(CHALLENGE, "Bearer");
        }
        Integer retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            response.putHeader(RETRY_AFTER, retryAfter.toString());
        }
        response.end(problem.toJson().toBuffer());
    }

    /**
     * Answers at once, whether or not the body has come, and throws away what still comes of it, so that the connection
     * serves the next request. A body that is longer than {@code discard} ends the connection instead.
     *
     * @param discard bytes, at most, that are read for nothing
     */
    public static void refuse(HttpServerRequest request, Problem problem, long discard) {
        if (!request.isEnded() && endsConnection(request, discard)) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        write(request.response(), problem);
        Discard.rest(request, discard);
    }

    private static boolean endsConnection(HttpServerRequest request, long discard) {
        return request.version() != HttpVersion.HTTP_2
                && (Body.length(request) > discard || Body.isAwaitingContinue(request));
    }
}
