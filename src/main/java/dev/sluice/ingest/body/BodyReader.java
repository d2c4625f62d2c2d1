package dev.sluice.ingest.body;

import dev.sluice.http.Broken;
import dev.sluice.http.ClientGone;
import dev.sluice.http.Problem;
import dev.sluice.ingest.decode.Refusals;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Reads a body to its end, as long as there is room for it. */
public final class BodyReader {
    private final Admission.Hold hold;
    private final int maxBytes;
    private final Promise<Buffer> promise = Promise.promise();
    private @Nullable Buffer body;
    private boolean isGrowing;

    private BodyReader(Admission.Hold hold, int maxBytes) {
        this.hold = hold;
        this.maxBytes = maxBytes;
    }

    /**
     * Fails with a {@link dev.sluice.http.ProblemException} 413 beyond {@code maxBytes}, 503 if the room ends before the
     * body does, and with {@link ClientGone} if the client does not finish it.
     *
     * @param hold what the bytes are counted in
     */
    public static Future<Buffer> read(HttpServerRequest request, Admission.Hold hold, int maxBytes) {
        BodyReader reader = new BodyReader(hold, maxBytes);
        request.exceptionHandler(cause -> {
            Broken.failed(request, cause);
            reader.promise.tryFail(new ClientGone());
        });
        request.handler(reader::chunk);
        request.endHandler(end -> reader.end(request));
        return reader.promise.future();
    }

    private void chunk(Buffer chunk) {
        int length = body == null ? 0 : body.length();
        if (length + (long) chunk.length() > maxBytes) {
            stop(Refusals.tooLarge(maxBytes));
        } else if (!hold.bytes(chunk.length())) {
            stop(Refusals.OVERLOADED);
        } else if (body == null) {
            body = chunk;
        } else {
            body = grown(body).appendBuffer(chunk);
        }
    }

    /** Most bodies are one chunk, which is used as it is; it may have no room behind it. */
    private Buffer grown(Buffer body) {
        if (isGrowing) {
            return body;
        }
        isGrowing = true;
        return Buffer.buffer(4 * body.length()).appendBuffer(body);
    }

    private void stop(Problem problem) {
        body = null;
        promise.tryFail(problem.asException());
    }

    /** What was answered meanwhile, as too slow, is not stored any more. */
    private void end(HttpServerRequest request) {
        if (request.response().ended()) {
            promise.tryFail(new ClientGone());
        } else {
            promise.tryComplete(body == null ? Buffer.buffer() : body);
        }
    }
}
