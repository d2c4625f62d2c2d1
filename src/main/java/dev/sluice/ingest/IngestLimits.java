package dev.sluice.ingest;

import dev.sluice.config.HttpConfig;
import dev.sluice.memory.Quota;

/**
 * What one event loop takes in at once.
 *
 * @param maxBodyBytes     of one request, or of one line of a stream
 * @param maxPendingEvents decoded, and waiting for the journal
 * @param pending          bytes of bodies, from their arrival to the answer, of all loops
 */
public record IngestLimits(int maxBodyBytes, int maxPendingEvents, Quota pending) {
    public IngestLimits {
        require(maxBodyBytes > 0, "maxBodyBytes: %d (expected: > 0)", maxBodyBytes);
        require(maxPendingEvents > 0, "maxPendingEvents: %d (expected: > 0)", maxPendingEvents);
        require(
                pending.most() >= 2L * maxBodyBytes,
                "pending: %d (expected: >= 2 x maxBodyBytes %d)",
                pending.most(),
                maxBodyBytes);
    }

    /** The share of one of {@code loops} event loops. */
    public static IngestLimits share(HttpConfig config, int loops, Quota pending) {
        return new IngestLimits(config.maxBodyBytes(), Math.max(1, config.maxPendingEvents() / loops), pending);
    }

    /** How much of a refused body is read for nothing, to keep its connection. */
    long discardBytes() {
        return 2L * maxBodyBytes;
    }

    private static void require(boolean holds, String message, Object... arguments) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(arguments));
        }
    }
}
