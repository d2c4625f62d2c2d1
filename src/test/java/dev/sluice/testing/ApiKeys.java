package dev.sluice.testing;

import dev.sluice.access.ApiKey;
import dev.sluice.access.KeyTokens;
import dev.sluice.access.Role;
import java.time.Instant;

/** API keys for tests; the token of a key is {@code slk_} and its id. */
public final class ApiKeys {
    private ApiKeys() {}

    public static String token(String id) {
        return KeyTokens.PREFIX + id;
    }

    public static ApiKey key(String id, Role role) {
        return bound(id, role, null, null);
    }

    public static ApiKey bound(String id, Role role, String tenant, String source) {
        Instant created = Instant.parse("2026-11-21T09:00:00Z");
        return new ApiKey(id, "the " + id, role, tenant, source, KeyTokens.hash(token(id)), created);
    }
}
