package dev.sluice.config;

import org.jspecify.annotations.Nullable;

/** Files in PEM for TLS to Redis; null: none of its own. */
public record RedisTlsConfig(
        @Nullable String caFile,
        @Nullable String certificateFile,
        @Nullable String keyFile) {}
