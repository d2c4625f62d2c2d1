package dev.sluice.ingest.decode;

import dev.sluice.event.Hops;
import dev.sluice.http.Problem;

/** The problems that are not about what an event says. */
public final class Refusals {
    private static final int SOON = 1;

    public static final Problem OVERLOADED = Problem.of(
                    503, "overloaded", "Too much at once", "Too many events wait for the journal; nothing was stored.")
            .withRetryAfter(SOON);
    public static final Problem STARTING = Problem.of(
                    503, "starting", "Starting", "This pod does not serve yet; it will in a moment.")
            .withRetryAfter(SOON);
    public static final Problem DRAINING = Problem.of(
                    503, "draining", "Shutting down", "This pod takes no more events; another one does.")
            .withRetryAfter(SOON);
    public static final Problem STREAM_ENDS = Problem.of(
                    503,
                    "draining",
                    "Shutting down",
                    "This pod takes no more events: neither this line nor one behind it was taken; send them to another one.")
            .withRetryAfter(SOON);
    public static final Problem STREAM_STALLS = Problem.of(
            408,
            "too-slow",
            "Too slow",
            "no whole line for long (expected: one within twice http.idleTimeout, a blank one too); the stream ends here");
    public static final Problem UNAVAILABLE = Problem.of(
                    503,
                    "journal-unavailable",
                    "The journal is unavailable",
                    "The events are not known to be durable; send them again.")
            .withRetryAfter(SOON);
    public static final Problem CLOSED = Problem.of(
                    503,
                    "journal-closed",
                    "The journal takes no events now",
                    "Redis cannot hold what would be accepted now (/health/ready says why); nothing was stored.")
            .withRetryAfter(SOON);
    public static final Problem BATCH_AS_EVENT = Problem.of(
            400,
            "invalid-event",
            "Invalid event",
            "the body: an array, not an object (expected: one event; for many, Content-Type:"
                    + " application/cloudevents-batch+json, or application/x-ndjson with one a line)");
    public static final Problem TAKEN = Problem.of(
            422,
            "idempotency-key-taken",
            "Idempotency-Key taken",
            "Idempotency-Key: you gave it to another body before (expected: a key of its own for each request)");

    private Refusals() {}

    public static Problem tooLarge(int maxBytes) {
        return Problem.of(
                413,
                "body-too-large",
                "Body too large",
                "the body: too long (expected: at most %d bytes, unpacked)".formatted(maxBytes));
    }

    public static Problem lineTooLong(int maxBytes) {
        return Problem.of(
                413,
                "line-too-long",
                "Line too long",
                "the line: too long (expected: at most %d bytes); nothing after it was read".formatted(maxBytes));
    }

    public static Problem batchTooLarge(int maxEvents) {
        return Problem.of(
                413,
                "batch-too-large",
                "Batch too large",
                "the batch: more than %1$d events (expected: at most %1$d; application/x-ndjson has no limit)"
                        .formatted(maxEvents));
    }

    /** @param what is the matter with it */
    public static Problem notGzip(String what) {
        return Problem.of(
                400,
                "malformed-encoding",
                "Malformed content encoding",
                "the body: %s (expected: gzip, RFC 1952, as Content-Encoding says)".formatted(what));
    }

    static Problem unsupported(String detail) {
        return Problem.of(415, "unsupported-media-type", "Unsupported media type", detail);
    }

    static Problem invalid(String detail) {
        return Problem.of(400, "invalid-request", "Invalid request", detail);
    }

    public static Problem notAnEvent(String what) {
        return Problem.of(
                400, "invalid-event", "Invalid event", what + ": not an object (expected: an event as a JSON object)");
    }

    static Problem invalidBatch() {
        return Problem.of(
                400, "invalid-event", "Invalid batch", "the body: not an array (expected: a JSON array of events)");
    }

    public static Problem forbidden(String detail) {
        return Problem.of(403, "forbidden", "Forbidden", detail);
    }

    static Problem loop(int hops) {
        return Problem.of(
                508,
                "loop-detected",
                "Loop detected",
                "%s: %d (expected: at most %d); a webhook leads back here".formatted(Hops.HEADER, hops, Hops.MOST));
    }
}
