package dev.sluice.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Reads the rest of a body for nothing, after the answer.
 *
 * <p>Why not close at once: the kernel answers bytes that arrive on a closed socket with a reset, and a reset makes the
 * client's kernel throw away the answer that it has not read yet. The client would see "connection reset", not 413.
 */
public final class Discard {
    private final HttpServerRequest request;
    private long left;

    private Discard(HttpServerRequest request, long left) {
        this.request = request;
        this.left = left;
    }

    /**
     * Call after the response was ended.
     *
     * @param limit bytes; one more ends the connection, or of HTTP/2 the stream
     */
    public static void rest(HttpServerRequest request, long limit) {
        if (request.isEnded()) {
            return;
        }
        if (Body.isAwaitingContinue(request) && request.version() != HttpVersion.HTTP_2) {
            request.connection().close();
            return;
        }
        Discard discard = new Discard(request, limit);
        request.exceptionHandler(cause -> Broken.failed(request, cause));
        request.endHandler(done -> discard.end());
        request.handler(chunk -> discard.chunk(chunk.length()));
        request.resume();
    }

    private void chunk(int length) {
        left -= length;
        if (left < 0) {
            request.pause();
            close();
        }
    }

    private void end() {
        if (request.response().headers().contains(HttpHeaders.CONNECTION)) {
            close();
        }
    }

    private void close() {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            request.connection().close();
        }
    }
}
