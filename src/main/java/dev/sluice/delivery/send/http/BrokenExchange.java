package dev.sluice.delivery.send.http;

import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.delivery.policy.SentAgain;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.http.StreamResetException;
import org.jspecify.annotations.Nullable;

/**
 * What a broken exchange means: that the request goes out again, at once and within the time of its attempt; or that the
 * attempt failed. Nobody else decides that.
 *
 * <p>Again, because it was not sent: HTTP/2 broke between the TLS handshake and the first frame. It may be the server's
 * HTTP/2 that is broken; and if it is the client certificate that the server refuses, which with TLS 1.3 it says at this
 * point, Vert.x keeps the reason to itself on HTTP/2. Or the server wants HTTP/1.1, and says so.
 *
 * <p>Again, up to three times, because the server says that it did nothing about it: it went away before this stream, or
 * refused it (RFC 9113, sections 6.8 and 8.7). Such a connection carries no more.
 *
 * <p>Again, once, because it was hardly read: a kept connection, which had carried an answer before, broke without a byte of
 * this one. Servers close what is idle, and their farewell crosses our request. Never so on a connection that is
 * new, where whoever closes it has seen the request and means it; nor where it resets one stream of HTTP/2, on a connection that is
 * well.
 */
final class BrokenExchange {
    private static final int MOST_UNDONE = 3;
    /** RFC 9113, section 7. */
    private static final long HTTP_1_1_REQUIRED = 13;

    private BrokenExchange() {}

    /** Why the request is to be sent again; null: the attempt failed. */
    static @Nullable SentAgain sentAgain(Request request, Throwable failure) {
        if (request.isCancelled() || request.exchange().isWorn()) {
            return null;
        }
        if (!request.exchange().isConnected()) {
            boolean broken = Failures.kind(failure) == Kind.BROKEN;
            return broken && request.offersHttp2() ? SentAgain.DOWNGRADED : null;
        }
        if (isRefused(failure) || request.exchange().isLeftUndone()) {
            request.exchange().retireConnection();
            return request.repeats().timesUndone() < MOST_UNDONE ? SentAgain.UNDONE : null;
        }
        if (wantsHttp1(failure) && request.repeats().last() != SentAgain.DOWNGRADED) {
            request.wantsHttp1();
            return SentAgain.DOWNGRADED;
        }
        boolean isMeant = failure instanceof StreamResetException;
        if (isMeant || request.repeats().wasStale() || !request.exchange().brokeEarly()) {
            return null;
        }
        request.exchange().retireConnection();
        return SentAgain.STALE;
    }

    private static boolean wantsHttp1(Throwable failure) {
        return failure instanceof StreamResetException reset && reset.getCode() == HTTP_1_1_REQUIRED;
    }

    /** By the server, or already on this side because the server will not have it. */
    private static boolean isRefused(Throwable failure) {
        if (failure instanceof StreamResetException reset) {
            return reset.getCode() == Http2Error.REFUSED_STREAM.code();
        }
        return failure instanceof Http2Exception unsent && unsent.error() == Http2Error.REFUSED_STREAM;
    }
}
