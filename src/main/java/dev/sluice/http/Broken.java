package dev.sluice.http;

import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Requests that cannot be read to their end, of a client that is still there: answered, and disconnected, since nobody
 * knows where the next one begins. Left alone, Vert.x throws away what was answered and not flushed yet.
 */
public final class Broken {
    private static final Problem BODY = Problem.of(
            400,
            "broken-body",
            "Broken body",
            "the body: cannot be read (expected: of the length that is announced, or in chunks as RFC 9112 has them)");

    private Broken() {}

    /** Whoever reads the body puts a handler of his own in this place. */
    static void watch(HttpServerRequest request) {
        request.exceptionHandler(cause -> failed(request, cause));
    }

    /** To be called by the exception handler of a request, in its turn. */
    public static void failed(HttpServerRequest request, Throwable cause) {
        if (cause instanceof HttpClosedException || request.version() == HttpVersion.HTTP_2) {
            return;
        }
        if (request.response().headWritten()) {
            request.connection().close();
        } else {
            end(request, BODY);
        }
    }

    /** Closing flushes the answer. */
    static void end(HttpServerRequest request, Problem problem) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        Problems.write(request.response(), problem);
        request.connection().close();
    }
}
