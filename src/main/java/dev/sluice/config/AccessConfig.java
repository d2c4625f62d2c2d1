package dev.sluice.config;

import org.jspecify.annotations.Nullable;

/**
 * The key that is there from the start; more are made through the API.
 *
 * @param openSources whether sources of the kind {@code none} take what anybody sends
 */
public record AccessConfig(@Nullable String adminKey, boolean openSources) {
    public AccessConfig(@Nullable String adminKey) {
        this(adminKey, false);
    }

    public AccessConfig {
        Require.that(
                adminKey == null || adminKey.length() >= 16,
                "adminKey: %s characters (expected: >= 16)",
                adminKey == null ? 0 : adminKey.length());
    }

    @Override
    public String toString() {
        return "AccessConfig[adminKey=" + (adminKey == null ? "none" : "***") + ", openSources=" + openSources + "]";
    }
}
