package dev.sluice.config;

/** How much unsettled work a pod takes from the journal. */
public record FanoutConfig(int window, long windowBytes) {
    public FanoutConfig {
        Require.that(window >= 16, "window: %d (expected: >= 16)", window);
        Require.that(windowBytes >= 1 << 20, "windowBytes: %d (expected: >= 1MiB)", windowBytes);
    }
}
