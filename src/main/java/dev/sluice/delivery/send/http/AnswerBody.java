package dev.sluice.delivery.send.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the body of one answer: keeps its beginning and counts the rest. What is over the excerpt is read and dropped, so
 * that the connection can be used again; what is over {@link #MOST_BYTES} is not worth that, and the request is
 * cancelled.
 */
final class AnswerBody implements BodyCodec<String>, BodyStream<String> {
    /** A longer answer is a failure, whatever its status. */
    static final long MOST_BYTES = 1 << 20;

    private final Request request;
    private final Excerpt excerpt;
    private long length;

    AnswerBody(Request request, int excerptBytes) {
        this.request = request;
        this.excerpt = new Excerpt(excerptBytes);
    }

    Request request() {
        return request;
    }

    boolean isTooLong() {
        return length > MOST_BYTES;
    }

    @Override
    public BodyStream<String> stream() {
        return this;
    }

    @Override
    public Future<Void> write(Buffer chunk) {
        boolean wasTooLong = isTooLong();
        length += chunk.length();
        excerpt.add(chunk);
        if (isTooLong() && !wasTooLong) {
            request.cancel();
        }
        return Future.succeededFuture();
    }

    /** Asked for when the body is complete. */
    @Override
    public Future<String> result() {
        return Future.succeededFuture(excerpt.text());
    }

    @Override
    public Future<Void> end() {
        return Future.succeededFuture();
    }

    @Override
    public boolean writeQueueFull() {
        return false;
    }

    @Override
    public AnswerBody setWriteQueueMaxSize(int size) {
        return this;
    }

    @Override
    public AnswerBody drainHandler(@Nullable Handler<Void> handler) {
        return this;
    }

    @Override
    public AnswerBody exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public void handle(Throwable failure) {}
}
