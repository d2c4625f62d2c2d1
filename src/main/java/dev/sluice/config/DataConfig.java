package dev.sluice.config;

/** The folder of the embedded Redis. */
public record DataConfig(String dir) {
    public DataConfig {
        Require.that(!dir.isBlank(), "dir: blank (expected: a folder)");
    }
}
