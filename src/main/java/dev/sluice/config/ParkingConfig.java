package dev.sluice.config;

import java.time.Duration;

/** How parked deliveries are looked for and claimed. */
public record ParkingConfig(int shards, Duration poll, Duration lease, int claimBatch) {
    public ParkingConfig {
        Require.that(shards > 0 && shards <= 1024, "shards: %d (expected: 1 to 1024)", shards);
        Require.positive(poll, "poll");
        Require.positive(lease, "lease");
        Require.that(claimBatch > 0 && claimBatch <= 1000, "claimBatch: %d (expected: 1 to 1000)", claimBatch);
    }
}
