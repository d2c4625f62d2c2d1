package dev.sluice.config;

import java.time.Duration;

/** What the transformation of one delivery may take. */
public record TransformConfig(Duration timeout, int maxDepth, int maxOutputBytes) {
    public TransformConfig {
        Require.that(
                timeout.toMillis() >= 10 && timeout.toMillis() <= 10_000,
                "timeout: %s (expected: 10ms to 10s)",
                timeout);
        Require.that(maxDepth >= 10 && maxDepth <= 500, "maxDepth: %d (expected: 10 to 500)", maxDepth);
        Require.that(
                maxOutputBytes > 0 && maxOutputBytes <= 5 << 20,
                "maxOutputBytes: %d (expected: 1 to 5242880)",
                maxOutputBytes);
    }
}
