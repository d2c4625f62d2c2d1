package dev.sluice.config;

import org.jspecify.annotations.Nullable;

/** How to speak to the Sentinels; null: they want no password. */
public record RedisSentinelConfig(@Nullable String password) {
    /** Never the password. */
    @Override
    public String toString() {
        return "RedisSentinelConfig";
    }
}
