package dev.sluice.config;

import java.time.Duration;

/** Durability, partitions and retention of accepted events. */
public record JournalConfig(
        int partitions,
        Durability durability,
        int replicas,
        Duration durabilityTimeout,
        Duration claimAfter,
        int readBatch,
        Duration retention,
        long retentionBytes,
        Duration idempotencyWindow) {
    public JournalConfig {
        Require.that(partitions > 0 && partitions <= 1024, "partitions: %d (expected: 1 to 1024)", partitions);
        Require.that(
                durability != Durability.REPLICAS || replicas > 0,
                "replicas: %d (expected: > 0 with durability replicas)",
                replicas);
        Require.positive(durabilityTimeout, "durabilityTimeout");
        Require.positive(claimAfter, "claimAfter");
        Require.that(readBatch > 0 && readBatch <= 5000, "readBatch: %d (expected: 1 to 5000)", readBatch);
        Require.that(!retention.isNegative(), "retention: %s (expected: >= 0)", retention);
        Require.that(retentionBytes >= 0, "retentionBytes: %d (expected: >= 0)", retentionBytes);
        Require.positive(idempotencyWindow, "idempotencyWindow");
    }

    /** What an event must have reached before it is acknowledged. */
    public enum Durability {
        /** The memory of Redis. */
        NONE,
        /** The disk of Redis: {@code WAITAOF}, or {@code appendfsync always}. */
        FSYNC,
        /** The memory of this many replicas: {@code WAIT}. */
        REPLICAS
    }
}
