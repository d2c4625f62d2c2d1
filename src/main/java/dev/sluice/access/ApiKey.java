package dev.sluice.access;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is stored: what it may do, and the hash of its token. The token itself is nowhere.
 *
 * @param id     {@code key_…}
 * @param name   for people and logs, 1 to 100 characters
 * @param tenant the only tenant whose things it may see and send, or null for any; never with the role admin, which
 *               could make itself a key without the limit
 * @param source the only source it may send as, or null for any; only with the role publish
 * @param hash   SHA-256 of the token, 64 lower-case hex digits
 */
public record ApiKey(
        String id,
        String name,
        Role role,
        @Nullable String tenant,
        @Nullable String source,
        String hash,
        Instant createdAt) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_NAME = 100;

    public ApiKey {
        require(!name.isBlank() && name.length() <= MAX_NAME, "name: '%s' (expected: 1 to 100 characters)", name);
        require(tenant == null || role != Role.ADMIN, "tenant: %s (expected: none with role admin)", tenant);
        require(source == null || role == Role.PUBLISH, "source: %s (expected: none, or role publish)", source);
        require(HASH.matcher(hash).matches(), "hash: %d characters (expected: 64 hex digits)", hash.length());
    }

    public Caller caller() {
        return new Caller(id, name, role, tenant, source);
    }

    private static void require(boolean holds, String message, @Nullable Object argument) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(argument));
        }
    }
}
