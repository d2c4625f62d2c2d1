package dev.sluice.config;

import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that encrypt secrets at rest: base64 of 32 bytes.
 *
 * @param key       null: with the embedded Redis, a key file beside its data
 * @param otherKeys which open, and seal nothing
 */
public record SecretsConfig(@Nullable String key, List<String> otherKeys) {
    private static final int BYTES = 32;

    public SecretsConfig {
        Require.that(key == null || isKey(key), "key: not shown (expected: base64 of %d bytes)", BYTES);
        Require.that(
                otherKeys.stream().allMatch(SecretsConfig::isKey),
                "otherKeys: not shown (expected: base64 of %d bytes, each)",
                BYTES);
        otherKeys = List.copyOf(otherKeys);
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
        return "SecretsConfig[key=%s, otherKeys=%d]".formatted(key == null ? "none" : "***", otherKeys.size());
    }
}
