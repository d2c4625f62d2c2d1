package dev.sluice.config;

import java.time.Duration;

/** Durability, partitions and retention of accepted events. */
public record JournalConfig(
        int partitions,
        int keyedPartitions,
        Durability durability,
        int replicas,
        Duration durabilityTimeout,
        Duration claimAfter,
        int readBatch,
        Duration retention,
        long retentionBytes,
        Duration idempotencyWindow) {
    /** The number of a partition is part of an event's id, and has room for these two. */
    public static final int MOST_PARTITIONS = 512;

    public static final int MOST_KEYED_PARTITIONS = 256;

    public JournalConfig {
        Require.that(
                partitions > 0 && partitions <= MOST_PARTITIONS,
                "partitions: %d (expected: 1 to %d)",
                partitions,
                MOST_PARTITIONS);
        Require.that(
                keyedPartitions > 0 && keyedPartitions <= MOST_KEYED_PARTITIONS,
                "keyedPartitions: %d (expected: 1 to %d)",
                keyedPartitions,
                MOST_KEYED_PARTITIONS);
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
