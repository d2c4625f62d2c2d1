package dev.sluice.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/** Answers with a {@link Problem}. */
public final class Problems {
    private static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized(Problem.CONTENT_TYPE);
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("retry-after");
    private static final CharSequence CHALLENGE = HttpHeaders.createOptimized("www-authenticate");

    private Problems() {}

    /** No effect on a response that was ended, or whose connection is gone. */
    public static void write(HttpServerResponse response, Problem problem) {
        write(response, problem, CONTENT_TYPE, problem.toJson());
    }

    private static void write(HttpServerResponse response, Problem problem, CharSequence contentType, JsonObject body) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        if (problem.status() == 401) {
            response.putHeader(CHALLENGE, "Bearer");
        }
        Integer retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            response.putHeader(RETRY_AFTER, retryAfter.toString());
        }
        response.end(body.toBuffer());
    }

    /**
     * Answers at once, whether or not the body has come, and throws away what still comes of it, so that the connection
     * serves the next request. A body that is longer than {@code discard} ends the connection instead.
     *
     * @param discard bytes, at most, that are read for nothing
     */
    public static void refuse(HttpServerRequest request, Problem problem, long discard) {
        refuse(request, problem, discard, begin -> {});
    }

    /** @param witness told the first chunk of a body that is read for nothing, once; an empty one if there is none */
    public static void refuse(HttpServerRequest request, Problem problem, long discard, Consumer<Buffer> witness) {
        refuse(request, problem, CONTENT_TYPE, problem.toJson(), discard, witness);
    }

    /** As JSON that says the same as the problem in another system's form. */
    public static void refuse(HttpServerRequest request, Problem problem, JsonObject form, long discard) {
        refuse(request, problem, JSON, form, discard, begin -> {});
    }

    private static void refuse(
            HttpServerRequest request,
            Problem problem,
            CharSequence contentType,
            JsonObject body,
            long discard,
            Consumer<Buffer> witness) {
        if (!request.isEnded() && endsConnection(request, discard)) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        write(request.response(), problem, contentType, body);
        Discard.rest(request, discard, witness);
    }

    private static boolean endsConnection(HttpServerRequest request, long discard) {
        return request.version() != HttpVersion.HTTP_2
                && (Body.length(request) > discard || Body.isAwaitingContinue(request));
    }
}
