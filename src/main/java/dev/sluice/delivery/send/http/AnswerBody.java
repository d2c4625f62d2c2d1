package dev.sluice.delivery.send.http;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes one answer. Its head decides; of its body the beginning is kept and the rest counted. What is over the excerpt is
 * read and dropped, so that the connection can be used again; what is over {@link #MOST_BYTES}, or comes later than the
 * {@link Grace} allows, is not worth that, and is cut off with the connection or the stream. A receiver that has said how it
 * is will not be asked again because of what it said besides.
 *
 * <p>Some say 200 before they have read the request. Until it is on its way to its end that is no success yet.
 */
final class AnswerBody implements BodyCodec<String>, BodyStream<String> {
    static final long MOST_BYTES = 1 << 20;
    private static final int LONGEST_HEADER = 1024;

    private final Request request;
    private final Excerpt excerpt;
    private final Grace grace;

    // confined state
    private @Nullable HttpClientResponse head;
    private Timers.@Nullable Timer end;
    private long length;

    AnswerBody(Request request, int excerptBytes, Grace grace) {
        this.request = request;
        this.excerpt = new Excerpt(excerptBytes);
        this.grace = grace;
    }

    void begin(HttpClientResponse response) {
        head = response;
        request.answerBegins(this);
        waitForTheEnd();
    }

    private void waitForTheEnd() {
        boolean wasWritten = request.exchange().isWritten();
        end = grace.after(() -> {
            if (wasWritten) {
                request.cancel();
            } else {
                waitForTheEnd();
            }
        });
    }

    /** No more of it comes, or is waited for. */
    void over() {
        if (end != null) {
            end.cancel();
        }
    }

    /** Null before the head is whole, or while it is a success that came before the request was written. */
    @Nullable
    Answer soFar() {
        return head == null || (isSuccess(head) && !request.exchange().isWritten()) ? null : answer(head, true);
    }

    private static boolean isSuccess(HttpClientResponse response) {
        return response.statusCode() >= 200 && response.statusCode() < 300;
    }

    /** @throws IllegalStateException if it has no head */
    Answer whole() {
        if (head == null) {
            throw new IllegalStateException("head: null (expected: one, of an answer that is whole)");
        }
        return answer(head, length > MOST_BYTES);
    }

    private Answer answer(HttpClientResponse response, boolean cut) {
        return request.status(
                response.statusCode(),
                bounded(response.getHeader(HttpHeaders.RETRY_AFTER)),
                bounded(response.getHeader(HttpHeaders.LOCATION)),
                excerpt.text(),
                cut);
    }

    private static @Nullable String bounded(@Nullable String header) {
        return header == null || header.length() <= LONGEST_HEADER ? header : header.substring(0, LONGEST_HEADER);
    }

    Request request() {
        return request;
    }

    @Override
    public BodyStream<String> stream() {
        return this;
    }

    @Override
    public Future<Void> write(Buffer chunk) {
        boolean wasTooLong = length > MOST_BYTES;
        length += chunk.length();
        excerpt.add(chunk);
        if (length > MOST_BYTES && !wasTooLong) {
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
