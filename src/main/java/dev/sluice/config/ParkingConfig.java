package dev.sluice.config;

import java.time.Duration;

/**
 * How parked deliveries are looked for and claimed, and how much may be parked for one webhook.
 *
 * @param maxCount deliveries
 * @param maxBytes of their data and attributes
 * @param maxAge   since a delivery was first parked
 */
public record ParkingConfig(
        int shards, Duration poll, Duration lease, int claimBatch, long maxCount, long maxBytes, Duration maxAge) {
    public ParkingConfig {
        Require.that(shards > 0 && shards <= 1024, "shards: %d (expected: 1 to 1024)", shards);
        Require.positive(poll, "poll");
        Require.positive(lease, "lease");
        Require.that(claimBatch > 0 && claimBatch <= 1000, "claimBatch: %d (expected: 1 to 1000)", claimBatch);
        Require.that(maxCount > 0, "maxCount: %d (expected: > 0)", maxCount);
        Require.that(maxBytes > 0, "maxBytes: %d (expected: > 0)", maxBytes);
        Require.positive(maxAge, "maxAge");
    }
}
