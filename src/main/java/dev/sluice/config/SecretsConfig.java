package dev.sluice.config;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The key that encrypts secrets at rest: base64 of 32 bytes. Null: with the embedded Redis, a key file beside its data. */
public record SecretsConfig(@Nullable String key) {
    private static final int BYTES = 32;

    public SecretsConfig {
        Require.that(key == null || isKey(key), "key: not shown (expected: base64 of %d bytes)", BYTES);
    }

    private static boolean isKey(String text) {
        try {
            return Base64.getDecoder().decode(text).length == BYTES;
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "SecretsConfig[key=" + (key == null ? "none" : "***") + "]";
    }
}
