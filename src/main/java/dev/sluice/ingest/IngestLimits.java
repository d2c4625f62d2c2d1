package dev.sluice.ingest;

import dev.sluice.config.HttpConfig;

/**
 * What one event loop takes in at once.
 *
 * @param maxBodyBytes     of one request, or of one line of a stream
 * @param maxPendingEvents decoded, and waiting for the journal
 * @param maxPendingBytes  of bodies, from their arrival to the answer
 */
public record IngestLimits(int maxBodyBytes, int maxPendingEvents, long maxPendingBytes) {
    private static final int HEAP_SHARE = 4;

    public IngestLimits {
        require(maxBodyBytes > 0, "maxBodyBytes: %d (expected: > 0)", maxBodyBytes);
        require(maxPendingEvents > 0, "maxPendingEvents: %d (expected: > 0)", maxPendingEvents);
        require(
                maxPendingBytes >= maxBodyBytes,
                "maxPendingBytes: %d (expected: >= maxBodyBytes %d)",
                maxPendingBytes,
                maxBodyBytes);
    }

    /**
     * The share of one of {@code loops} event loops. Bodies may take a quarter of the heap.
     *
     * @param heapBytes the largest heap that this process can have
     */
    public static IngestLimits share(HttpConfig config, int loops, long heapBytes) {
        return new IngestLimits(
                config.maxBodyBytes(),
                Math.max(1, config.maxPendingEvents() / loops),
                Math.max(config.maxBodyBytes(), heapBytes / HEAP_SHARE / loops));
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
