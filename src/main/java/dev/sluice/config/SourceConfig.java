package dev.sluice.config;

import org.jspecify.annotations.Nullable;

/** A CMS installation that posts its own webhooks to {@code /v1/sources/{name}/events}. */
public record SourceConfig(String dialect, @Nullable String token) {
    public SourceConfig {
        Require.that(!dialect.isBlank(), "dialect: blank (expected: the name of a dialect, such as strapi)");
    }

    @Override
    public String toString() {
        return "SourceConfig[dialect=" + dialect + ", token=" + (token == null ? "none" : "***") + "]";
    }
}
