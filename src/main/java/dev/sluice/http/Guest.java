package dev.sluice.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One connection. Confined to its event loop. */
final class Guest {
    private static final int ALL_STREAMS = Integer.MAX_VALUE;

    /** In which nothing happened, one after the other: it is closed. */
    static final int LOOKS = 4;

    private final HttpConnection connection;
    private final boolean isHttp2;
    /** Those under way, of HTTP/1.1 one at most, and those that were since somebody looked. */
    private final List<Visit> visits = new ArrayList<>(1);
    /** The last look at which there was one since the look before. */
    private long since;

    private boolean wasAsked;
    private int quietLooks;
    private boolean isClosing;

    Guest(HttpConnection connection, long now) {
        this.connection = connection;
        this.since = now;
        this.isHttp2 = connection.getWindowSize() >= 0;
    }

    void asks(Visit visit, boolean isLeaving) {
        visits.removeIf(Visit::isOver);
        visits.add(visit);
        wasAsked = true;
        if (isLeaving && !isHttp2) {
            visit.answer().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    /** Looks whether a body is late; or a head, which nobody can be told of. */
    void sweep(long now, Duration idle) {
        boolean hasEnded = visits.removeIf(Visit::isOver);
        if (hasEnded || !visits.isEmpty()) {
            since = now;
            List.copyOf(visits).forEach(visit -> visit.look(now, idle.multipliedBy(2)));
        } else if (now - since > idle.toNanos()) {
            connection.close();
        }
    }

    boolean isWaiting() {
        return visits.stream().anyMatch(Visit::isWaiting);
    }

    /** Tells the client to go. */
    void send() {
        if (isHttp2) {
            connection.goAway(0, ALL_STREAMS); // of those on their way, too
            return;
        }
        for (Visit visit : visits) {
            if (visit.isWaiting() && !visit.answer().headWritten()) {
                visit.answer().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
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
