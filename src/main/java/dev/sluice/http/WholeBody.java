package dev.sluice.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads a small body to its end, as the bytes that came: no type of it is looked into. A parser of forms would run before
 * anybody could say that a form is not wanted, and fail in ways of its own. Confined to one event loop.
 */
public final class WholeBody {
    private final int limit;
    private final Promise<Buffer> promise = Promise.promise();
    private final Buffer body = Buffer.buffer();

    private WholeBody(int limit) {
        this.limit = limit;
    }

    /**
     * To be called in the turn in which the request came. Fails with a {@link ProblemException} 413 beyond {@code limit},
     * and with {@link ClientGone} where nobody waits for an answer any more.
     */
    public static Future<Buffer> read(HttpServerRequest request, int limit) {
        WholeBody whole = new WholeBody(limit);
        if (Body.length(request) > limit) {
            return Future.failedFuture(whole.tooLarge());
        }
        if (Body.isAwaitingContinue(request)) {
            request.response().writeContinue();
        }
        request.exceptionHandler(broken -> whole.broken(request, broken));
        request.handler(whole::chunk);
        request.endHandler(end -> whole.end(request));
        return whole.promise.future();
    }

    /** What was answered meanwhile, as too slow, is not done any more. */
    private void end(HttpServerRequest request) {
        if (request.response().ended()) {
            promise.tryFail(new ClientGone());
        } else {
            promise.tryComplete(body);
        }
    }

    private void broken(HttpServerRequest request, Throwable cause) {
        Broken.failed(request, cause);
        promise.tryFail(new ClientGone());
    }

    private void chunk(Buffer chunk) {
        if (body.length() + (long) chunk.length() > limit) {
            promise.tryFail(tooLarge());
        } else if (!promise.future().isComplete()) {
            body.appendBuffer(chunk);
        }
    }

    private ProblemException tooLarge() {
        return Problem.of(
                        413,
                        "too-large",
                        "Too large",
                        "the body: too long (expected: at most %d bytes)".formatted(limit))
                .asException();
    }
}
