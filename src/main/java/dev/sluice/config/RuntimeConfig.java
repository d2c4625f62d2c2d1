package dev.sluice.config;

import java.time.Duration;

/** Event loops (0: one for each processor) and how long a drain may take. */
public record RuntimeConfig(int eventLoops, Duration drainTimeout) {
    public RuntimeConfig {
        Require.that(eventLoops >= 0 && eventLoops <= 256, "eventLoops: %d (expected: 0 to 256)", eventLoops);
        Require.positive(drainTimeout, "drainTimeout");
    }
}
