package dev.sluice.config;

import org.jspecify.annotations.Nullable;

/** The key that encrypts secrets at rest: base64 of 32 bytes. Null: with the embedded Redis, a key file beside its data. */
public record SecretsConfig(@Nullable String key) {

    @Override
    public String toString() {
        return "SecretsConfig[key=" + (key == null ? "none" : "***") + "]";
    }
}
