package dev.sluice.delivery.send.http;

import dev.sluice.delivery.send.content.Slices;
import dev.sluice.delivery.send.http.wear.Habit;
import dev.sluice.delivery.send.http.wear.Traffic;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * One time that a request goes out: the connection that it waits for, was given and broke, and how far it came there. Each
 * time it begins anew. Confined to one event loop.
 */
final class Exchange {
    /** Of the server; null: it did not get as far as to ask for a connection. */
    private final @Nullable Habit habit;

    // confined state
    private boolean connected;
    /** Of the connection that it was given, if somebody watches that. */
    private @Nullable Traffic line;
    /** The connection had carried an answer before. */
    private boolean kept;
    /** It was given a connection on which it had better not go out. */
    private boolean worn;
    /** From the moment at which it goes out to the end of the answer. */
    private @Nullable HttpClientRequest wire;
    /** Of a body that goes out piece by piece. */
    private @Nullable Slices slices;
    /** From the moment at which its head is whole. */
    private @Nullable AnswerBody answer;

    /** Those of which one may be for this; before a connection is there. */
    private @Nullable Handshakes handshakes;
    /** Where its own begin in {@link #handshakes}. */
    private long mark;

    Exchange(@Nullable Habit habit) {
        this.habit = habit;
    }

    /** Before a TLS connection is asked for, so that its handshake can be ended. */
    void connecting(Handshakes underWay) {
        handshakes = underWay;
        mark = underWay.begun();
    }

    /** Tells when the TLS handshake for this began, while it has no connection: there it is told by that. */
    void lookAtHandshake(Endpoint endpoint, Course course) {
        Long began = handshakes == null ? null : handshakes.connectedAt(endpoint.host(), endpoint.port(), mark);
        if (began != null) {
            course.secures(began);
        }
    }

    /** It was given a connection. */
    void connected(HttpConnection connection, long now) {
        connected = true;
        handshakes = null; // if one was for this, it is done
        line = Traffic.of(connection);
        if (line != null) {
            worn = habit != null && line.isWorn(habit, now);
            kept = line.isProven();
        }
    }

    boolean isConnected() {
        return connected;
    }

    /** The connection that it was given; null if nobody watches that. */
    @Nullable
    Traffic line() {
        return line;
    }

    /** The connection that it was given had better carry no more: it did not go out. */
    boolean isWorn() {
        return worn;
    }

    /** It does not go out on the connection that it was given. */
    void leave(HttpClientRequest request) {
        HttpConnection connection = request.connection();
        boolean isShared = request.version() == HttpVersion.HTTP_2;
        if (worn || (isShared && line != null && line.isLostByOneUnused(Wire.streams(connection)))) {
            Wire.retire(connection);
        }
    }

    void goesOut(HttpClientRequest request) {
        wire = request;
        if (line != null) {
            line.goesOut();
        }
    }

    boolean isOut() {
        return wire != null;
    }

    void writes(Slices pieces) {
        slices = pieces;
    }

    /** Whether all of it is on its way. */
    boolean isWritten() {
        return slices == null || slices.isOver();
    }

    void answerBegins(AnswerBody begun) {
        answer = begun;
        if (line != null) {
            line.answered();
        }
    }

    /** Null before its head is whole. */
    @Nullable
    AnswerBody answer() {
        return answer;
    }

    /** What broke was a kept connection, before anything of the answer came. */
    boolean brokeEarly() {
        return kept && answer == null && line != null && !line.isAnswering();
    }

    /** What broke was a stream of HTTP/2 of which the server says that it did nothing about it. */
    boolean isLeftUndone() {
        if (wire == null
                || wire.version() != HttpVersion.HTTP_2
                || !Wire.isLeftUndone(wire.connection(), wire.streamId())) {
            return false;
        }
        if (line != null) {
            line.stoppedAfter(Wire.taken(wire.connection()));
        }
        return true;
    }

    /** No other request goes out on its connection. */
    void retireConnection() {
        if (wire != null) {
            Wire.retire(wire.connection());
        }
    }

    /** The connection that it shares with others, while it is on it; null on HTTP/1.1. */
    @Nullable
    HttpConnection sharedConnection() {
        return wire != null && wire.version() == HttpVersion.HTTP_2 ? wire.connection() : null;
    }

    /** Ends what is under way for it. */
    void cut(Endpoint endpoint) {
        HttpClientRequest sent = wire; // resetting ends it
        if (sent != null) {
            Wire.cut(sent.connection()); // first, so that the pool gives it to nobody
            sent.reset();
        } else if (handshakes != null) {
            handshakes.abandon(endpoint.host(), endpoint.port(), mark);
        }
    }

    /** It is over; cutting it has no effect any more. */
    void ended() {
        if (wire != null && line != null) {
            line.ended();
        }
        line = null;
        wire = null;
        handshakes = null;
    }
}
