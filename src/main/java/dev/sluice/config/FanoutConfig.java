package dev.sluice.config;

/** How much unsettled work a pod takes from the journal. */
public record FanoutConfig(int window, long windowBytes) {
    private static final int LEAST = 16;
    private static final long LEAST_BYTES = 1 << 20;

    public FanoutConfig {
        Require.that(window >= LEAST, "window: %d (expected: >= 16)", window);
        Require.that(windowBytes >= LEAST_BYTES, "windowBytes: %d (expected: >= 1MiB)", windowBytes);
    }

    /** The part of one of {@code loops} event loops. */
    public FanoutConfig share(int loops) {
        return new FanoutConfig(Math.max(LEAST, window / loops), Math.max(LEAST_BYTES, windowBytes / loops));
    }

    /** The part of the events that have to be in order. */
    public FanoutConfig ordered() {
        return share(4);
    }

    /** What is left beside {@link #ordered}. */
    public FanoutConfig unordered() {
        return new FanoutConfig(
                Math.max(LEAST, window - ordered().window()),
                Math.max(LEAST_BYTES, windowBytes - ordered().windowBytes()));
    }
}
