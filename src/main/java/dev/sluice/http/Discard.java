package dev.sluice.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.function.Consumer;

/**
 * Reads the rest of a body for nothing, after the answer.
 *
 * <p>Why not close at once: the kernel answers bytes that arrive on a closed socket with a reset, and a reset makes the
 * client's kernel throw away the answer that it has not read yet. The client would see "connection reset", not 413.
 */
public final class Discard {
    private final HttpServerRequest request;
    private final Consumer<Buffer> witness;
    private long left;
    private boolean isBegun;

    private Discard(HttpServerRequest request, long left, Consumer<Buffer> witness) {
        this.request = request;
        this.left = left;
        this.witness = witness;
    }

    private void begin(Buffer chunk) {
        if (!isBegun) {
            isBegun = true;
            witness.accept(chunk);
        }
    }

    /**
     * Call after the response was ended.
     *
     * @param limit bytes; one more ends the connection, or of HTTP/2 the stream
     */
    public static void rest(HttpServerRequest request, long limit) {
        rest(request, limit, begin -> {});
    }

    /** @param witness told the first chunk, once; an empty one if there is none */
    static void rest(HttpServerRequest request, long limit, Consumer<Buffer> witness) {
        boolean comes = !request.isEnded();
        boolean waits = comes && Body.isAwaitingContinue(request) && request.version() != HttpVersion.HTTP_2;
        if (!comes || waits) {
            witness.accept(Buffer.buffer());
        }
        if (waits) {
            request.connection().close();
        }
        if (!comes || waits) {
            return;
        }
        Discard discard = new Discard(request, limit, witness);
        request.exceptionHandler(cause -> Broken.failed(request, cause));
        request.endHandler(done -> discard.end());
        request.handler(discard::chunk);
        request.resume();
    }

    private void chunk(Buffer chunk) {
        begin(chunk);
        left -= chunk.length();
        if (left < 0) {
            request.pause();
            close();
        }
    }

    private void end() {
        begin(Buffer.buffer());
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
