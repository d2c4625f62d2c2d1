package dev.sluice.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where Redis is, and as whom to speak to it; a null uri means the embedded server. */
public record RedisConfig(
        @Nullable String uri,
        @Nullable String username,
        @Nullable String password,
        @Nullable String passwordFile,
        RedisSentinelConfig sentinel,
        RedisTlsConfig tls,
        boolean allowEviction,
        Duration commandTimeout,
        Duration reconnectMin,
        Duration reconnectMax) {
    public RedisConfig {
        Require.that(
                password == null || passwordFile == null,
                "password: given beside passwordFile (expected: one of the two)");
        Require.positive(commandTimeout, "commandTimeout");
        Require.positive(reconnectMin, "reconnectMin");
        Require.that(
                reconnectMax.compareTo(reconnectMin) >= 0,
                "reconnectMax: %s (expected: >= reconnectMin %s)",
                reconnectMax,
                reconnectMin);
    }

    /** Neither password nor URI, which may hold one. */
    @Override
    public String toString() {
        return "RedisConfig[uri=%s]".formatted(uri == null ? "none" : "***");
    }
}
