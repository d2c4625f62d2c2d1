package dev.sluice.config;

import org.jspecify.annotations.Nullable;

/**
 * Folders.
 *
 * @param dir          of the embedded Redis
 * @param providersDir of files of providers of one's own, or null
 * @param declaredDir  of files of webhooks and sources, or null
 */
public record DataConfig(
        String dir, @Nullable String providersDir, @Nullable String declaredDir) {
    public DataConfig {
        Require.that(!dir.isBlank(), "dir: blank (expected: a folder)");
    }
}
