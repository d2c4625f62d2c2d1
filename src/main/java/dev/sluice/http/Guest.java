package dev.sluice.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection. Confined to its event loop. */
final class Guest {
    private static final int ALL_STREAMS = Integer.MAX_VALUE;

    /** In which nothing happened, one after the other: it is closed. */
    static final int LOOKS = 4;

    private final HttpConnection connection;
    private final boolean isHttp2;
    /** Of HTTP/1.1 the only one under way; of HTTP/2 the latest. */
    private @Nullable HttpServerResponse answer;

    private boolean wasAsked;
    private int quietLooks;
    private boolean isClosing;

    Guest(HttpConnection connection) {
        this.connection = connection;
        this.isHttp2 = connection.getWindowSize() >= 0;
    }

    void asks(HttpServerResponse answer, boolean isLeaving) {
        this.answer = answer;
        wasAsked = true;
        if (isLeaving && !isHttp2) {
            answer.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    void forget() {
        if (!isWaiting()) {
            answer = null;
        }
    }

    boolean isWaiting() {
        return answer != null && !answer.ended();
    }

    /** Tells the client to go. */
    void send() {
        if (isHttp2) {
            connection.goAway(0, ALL_STREAMS); // of those on their way, too
        } else if (answer != null && !answer.ended() && !answer.headWritten()) {
            answer.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    /** Closes the connection if nothing happened on it for some looks. */
    void look(Duration patience) {
        boolean isQuiet = !wasAsked && !isWaiting();
        wasAsked = false;
        quietLooks = isQuiet ? quietLooks + 1 : 0;
        if (quietLooks >= LOOKS && !isClosing) {
            isClosing = true;
            connection.shutdown(patience.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
