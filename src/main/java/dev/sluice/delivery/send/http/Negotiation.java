package dev.sluice.delivery.send.http;

import io.vertx.core.http.HttpVersion;
import java.time.Duration;

/**
 * Which HTTP an endpoint speaks over TLS, as far as is known. Confined to one event loop.
 *
 * <p>One attempt asks, by going out over the client that offers HTTP/2; until its connection is there the others take
 * HTTP/1.1, as they do from then on if that is what came out.
 *
 * <p>Why not offer HTTP/2 with every attempt: the pool of Vert.x takes a connection that is being made for one of
 * HTTP/2, on which everybody will have room, and lets the others wait for it. Where it turns out to be HTTP/1.1 they go
 * on waiting, one behind the other, each for the whole answer of the one before.
 */
final class Negotiation {
    /** An endpoint that spoke HTTP/1.1 is asked again after so long, */
    private static final long STALE_NANOS = Duration.ofMinutes(10).toNanos();
    /** and one that could not be asked after so long. */
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private enum State {
        UNKNOWN,
        /** An attempt is asking. */
        ASKED,
        HTTP_1,
        HTTP_2
    }

    private State state = State.UNKNOWN;
    private long askAgainAt;

    /** Whether the next attempt is to offer HTTP/2; if so, one of the methods below must follow. */
    boolean offersHttp2(long now) {
        boolean asks = state == State.UNKNOWN || (state == State.HTTP_1 && now - askAgainAt >= 0);
        if (asks) {
            state = State.ASKED;
        }
        return asks || state == State.HTTP_2;
    }

    void negotiated(HttpVersion version, long now) {
        if (version == HttpVersion.HTTP_2) {
            state = State.HTTP_2;
        } else {
            becomeHttp1(now + STALE_NANOS);
        }
    }

    /** An attempt that offered HTTP/2 ended before a connection was there. */
    void failed(long now) {
        becomeHttp1(now + PAUSE_NANOS);
    }

    private void becomeHttp1(long until) {
        state = State.HTTP_1;
        askAgainAt = until;
    }
}
