package dev.sluice.config;

import org.jspecify.annotations.Nullable;

/**
 * Folders.
 *
 * @param dir          of the embedded Redis
 * @param providersDir of files of providers of one's own, or null
 */
public record DataConfig(String dir, @Nullable String providersDir) {
    public DataConfig {
        Require.that(!dir.isBlank(), "dir: blank (expected: a folder)");
    }
}
