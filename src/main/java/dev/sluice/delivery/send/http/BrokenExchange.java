package dev.sluice.delivery.send.http;

import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.delivery.policy.SentAgain;
import io.vertx.core.http.StreamResetException;
import org.jspecify.annotations.Nullable;

/**
 * What a broken exchange means: that the request goes out again, at once and within the time of its attempt; or that the
 * attempt failed. Nobody else decides that.
 *
 * <p>Again, because it was not sent: HTTP/2 broke between the TLS handshake and the first frame. It may be the server's
 * HTTP/2 that is broken; and if it is the client certificate that the server refuses, which with TLS 1.3 it says at this
 * point, Vert.x keeps the reason to itself on HTTP/2.
 *
 * <p>Again, because it was hardly read: a kept connection, which had carried an answer before, broke at once and without a
 * byte of this one. Servers close what is idle, and their farewell crosses our request. Never so on a connection that is
 * new, where whoever closes it has seen the request and means it; nor where it resets one stream of HTTP/2, on a connection that is
 * well.
 */
final class BrokenExchange {
    /** Says that nothing was processed (RFC 9113, section 8.7). */
    private static final long REFUSED_STREAM = 7;

    private BrokenExchange() {}

    /** Why the request is to be sent again; null: the attempt failed. */
    static @Nullable SentAgain sentAgain(Request request, Throwable failure) {
        if (request.isCancelled() || request.sentAgain() != null) {
            return null;
        }
        if (!request.isConnected()) {
            boolean broken = Failures.kind(failure) == Kind.BROKEN;
            return broken && request.offersHttp2() ? SentAgain.DOWNGRADED : null;
        }
        boolean isMeant = failure instanceof StreamResetException reset && reset.getCode() != REFUSED_STREAM;
        return !isMeant && request.isStale() ? SentAgain.STALE : null;
    }
}
