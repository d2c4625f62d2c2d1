package dev.sluice.config;

import java.time.Duration;

/** When the circuit of a lane opens, and for how long. */
public record CircuitConfig(
        Duration window, int minimumCalls, double failureShare, Duration openFor, Duration openForMax) {
    public CircuitConfig {
        Require.positive(window, "window");
        Require.that(minimumCalls > 0, "minimumCalls: %d (expected: > 0)", minimumCalls);
        Require.that(failureShare > 0 && failureShare <= 1, "failureShare: %s (expected: > 0 to 1)", failureShare);
        Require.positive(openFor, "openFor");
        Require.that(
                openForMax.compareTo(openFor) >= 0, "openForMax: %s (expected: >= openFor %s)", openForMax, openFor);
    }
}
