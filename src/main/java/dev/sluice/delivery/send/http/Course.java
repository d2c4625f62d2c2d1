package dev.sluice.delivery.send.http;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Answer.Kind;
import dev.sluice.delivery.policy.SentAgain;
import dev.sluice.delivery.policy.Split;
import dev.sluice.delivery.send.http.wear.Traffic;
import dev.sluice.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When an attempt came how far, over all its requests, and its answer, which tells that. On a kept connection it reads the clock
 * once more than without, at the head of the answer. Confined to one event loop.
 *
 * <p>Of several addresses the first that is asked counts, and the connection that the request went out on: what it waited for the
 * others is of its connect. A request that is sent again begins anew, and what the first try took is of no part.
 */
final class Course {
    private static final long NEVER = -1;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Ticker ticker;
    private final long startedAt;

    // confined state; times are nanoseconds since the start
    private final Repeats repeats = new Repeats();

    private long lookedUpFrom = NEVER;
    private long lookedUpTo = NEVER;
    private long askedAt = NEVER;
    /** When the TLS handshake began. */
    private long securedFrom = NEVER;

    private long outAt = NEVER;
    private long headAt = NEVER;
    /** The connection was there before it was asked for. */
    private boolean kept;

    Course(Ticker ticker, long startedAt) {
        this.ticker = ticker;
        this.startedAt = startedAt;
    }

    long now() {
        return ticker.nanos();
    }

    long elapsed() {
        return ticker.nanos() - startedAt;
    }

    void looksUp() {
        lookedUpFrom = elapsed();
    }

    /** A connection is asked for, at the first of the addresses or at another. */
    void asks(long elapsed) {
        if (askedAt == NEVER) {
            askedAt = elapsed;
        }
        if (lookedUpFrom != NEVER && lookedUpTo == NEVER) {
            lookedUpTo = elapsed;
        }
    }

    /** A TLS handshake for it began; of several the first counts. */
    void secures(long at) {
        if (outAt != NEVER) {
            return; // on another connection
        }
        long elapsed = Math.max(askedAt, at - startedAt);
        securedFrom = securedFrom == NEVER ? elapsed : Math.min(securedFrom, elapsed);
    }

    void goesOut(long at, @Nullable Traffic line) {
        outAt = at - startedAt;
        kept = line != null && line.madeAt() - startedAt < askedAt;
        Long handshake = line == null ? null : line.securedFrom();
        securedFrom = handshake == null || kept ? NEVER : Math.max(askedAt, handshake - startedAt);
    }

    void answerBegins() {
        headAt = elapsed();
    }

    /** How often its request was sent again. */
    Repeats repeats() {
        return repeats;
    }

    /** It goes out once more. */
    void again(SentAgain reason) {
        repeats.add(reason);
        askedAt = NEVER;
        securedFrom = NEVER;
        outAt = NEVER;
        headAt = NEVER;
    }

    Answer status(int code, @Nullable String retryAfter, @Nullable String location, String excerpt, boolean bodyCut) {
        long end = elapsed();
        Duration took = Duration.ofNanos(end);
        return new Answer.Status(code, retryAfter, location, excerpt, took, repeats.last(), bodyCut, split(end));
    }

    Answer failure(Kind kind, String detail) {
        long end = elapsed();
        if (kind == Kind.TLS && securedFrom == NEVER && outAt == NEVER) {
            securedFrom = askedAt; // nobody saw the handshake begin
        }
        return new Answer.Failure(kind, detail, Duration.ofNanos(end), repeats.last(), split(end));
    }

    /** The part that it is in; null: not yet in the first. */
    Split.@Nullable Part part() {
        return split(elapsed()).last();
    }

    /** @param end in nanoseconds since the start; of the part that it is in */
    Split split(long end) {
        boolean isOut = outAt != NEVER;
        long connectedAt = isOut ? outAt : end;
        int dns = span(lookedUpFrom, lookedUpTo == NEVER ? end : lookedUpTo);
        int firstByte = span(outAt, headAt == NEVER ? end : headAt);
        int body = span(headAt, end);
        if (isOut && kept) {
            return new Split(dns, Split.NONE, Split.NONE, firstByte, body);
        }
        int connect = span(askedAt, securedFrom == NEVER ? connectedAt : securedFrom);
        return new Split(dns, connect, span(securedFrom, connectedAt), firstByte, body);
    }

    /** From one end of a millisecond to another, so that spans that follow each other make one that is no longer. */
    private static int span(long from, long to) {
        return from == NEVER
                ? Split.NONE
                : (int) Math.min(Integer.MAX_VALUE, to / NANOS_PER_MILLI - from / NANOS_PER_MILLI);
    }
}
