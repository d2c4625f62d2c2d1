package dev.sluice.delivery.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one attempt brought. A 503 or a reset is an answer too, never an exception. */
public sealed interface Answer {
    /** From the start of the attempt, look-up of the name included, to its end, whatever ended it. */
    Duration took();

    /** Why the request went out twice; null if it did not. This is what came of the second time. */
    @Nullable
    SentAgain sentAgain();

    /** Where the time went. */
    Split split();

    /**
     * The endpoint answered.
     *
     * @param retryAfter the {@code Retry-After} header as it came, or null
     * @param location   the {@code Location} header as it came, or null; never followed
     * @param excerpt    the first bytes of the body as text, bounded
     * @param bodyCut    whether the body did not come to its end, which changes nothing: the head is the answer
     */
    record Status(
            int code,
            @Nullable String retryAfter,
            @Nullable String location,
            String excerpt,
            Duration took,
            @Nullable SentAgain sentAgain,
            boolean bodyCut,
            Split split)
            implements Answer {
        public Status(int code, @Nullable String retryAfter, @Nullable String location, String excerpt, Duration took) {
            this(code, retryAfter, location, excerpt, took, null, false, Split.UNKNOWN);
        }
    }

    /**
     * There was no answer whose head is whole.
     *
     * @param detail for a person
     */
    record Failure(
            Kind kind,
            String detail,
            Duration took,
            @Nullable SentAgain sentAgain,
            Split split) implements Answer {
        public Failure(Kind kind, String detail, Duration took) {
            this(kind, detail, took, null, Split.UNKNOWN);
        }

        /** The part in which it failed; null where that was none of those on the wire. */
        public Split.@Nullable Part failedIn() {
            return split.failedIn(kind);
        }
    }

    enum Kind {
        /** The name does not resolve. */
        DNS,
        /** The address is not one that Sluice may call. */
        FORBIDDEN,
        CONNECT,
        /** No token was to be had for it from the authorization server. */
        AUTH,
        TLS,
        /** The deadline of the whole exchange passed. */
        TIMEOUT,
        /** Reset, closed early, or not HTTP. */
        BROKEN,
        /** The webhook's transformation of the event failed; nothing was sent. */
        TRANSFORM,
        /** The request could not be built. */
        INTERNAL
    }
}
