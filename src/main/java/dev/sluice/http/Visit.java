package dev.sluice.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One request, from its head to its answer. Confined to the event loop of its connection. */
public final class Visit {
    private static final int CANCEL = 8;

    private final HttpServerRequest request;
    /** When its head came, or the last whole part of a stream. */
    private long since;

    private boolean isRenewed;
    private boolean isTold;
    private @Nullable Runnable end;

    Visit(HttpServerRequest request, long now) {
        this.request = request;
        this.since = now;
    }

    /** Something whole of a stream has come: the next part has as much time again. */
    public void renew() {
        isRenewed = true;
    }

    /** What is to be done in place of an answer when it is too slow: a stream is answered already. */
    public void otherwise(Runnable end) {
        this.end = end;
    }

    HttpServerResponse answer() {
        return request.response();
    }

    boolean isWaiting() {
        return !answer().ended();
    }

    boolean isOver() {
        return request.isEnded() && answer().ended();
    }

    /** Says that the body is late, and at the next look ends it. */
    void look(long now, Duration patience) {
        if (isRenewed) {
            since = now;
            isRenewed = false;
            isTold = false;
        }
        if (request.isEnded() || now - since <= patience.toNanos()) {
            return;
        }
        if (isTold) {
            cut();
        } else if (end == null) {
            refuse(patience);
        } else {
            end.run();
        }
        isTold = true;
    }

    private void refuse(Duration patience) {
        if (!answer().headWritten() && request.version() != HttpVersion.HTTP_2) {
            answer().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        if (!answer().headWritten()) {
            Problems.write(answer(), Problem.of(408, "too-slow", "Too slow", late(patience)));
        }
    }

    private static String late(Duration patience) {
        return "the request: not whole after %d ms (expected: all of it within twice http.idleTimeout)"
                .formatted(patience.toMillis());
    }

    private void cut() {
        if (request.version() == HttpVersion.HTTP_2) {
            answer().reset(CANCEL);
        } else {
            request.connection().close();
        }
    }
}
