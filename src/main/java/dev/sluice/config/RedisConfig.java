package dev.sluice.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where Redis is; a null uri means the embedded server. */
public record RedisConfig(
        @Nullable String uri,
        boolean allowEviction,
        Duration commandTimeout,
        Duration reconnectMin,
        Duration reconnectMax) {
    public RedisConfig {
        Require.positive(commandTimeout, "commandTimeout");
        Require.positive(reconnectMin, "reconnectMin");
        Require.that(
                reconnectMax.compareTo(reconnectMin) >= 0,
                "reconnectMax: %s (expected: >= reconnectMin %s)",
                reconnectMax,
                reconnectMin);
    }
}
