package dev.sluice.redis.address;

import org.jspecify.annotations.Nullable;

/**
 * As whom to speak to Redis, and whom to take for it. Immutable; any thread.
 *
 * @param username         null: the one of the address
 * @param password         null: the one of the file, or of the address
 * @param passwordFile     read for each connection, so that a secret may change while the pod runs; white space around it is
 *     left out
 * @param sentinelPassword for the Sentinels, which have passwords of their own; null: they want none
 * @param caFile           PEM of those who vouch for Redis' certificate; null: those of the JDK
 * @param certificateFile  PEM that is shown to Redis, with its {@code keyFile}; null: none
 */
public record RedisAccess(
        @Nullable String username,
        @Nullable String password,
        @Nullable String passwordFile,
        @Nullable String sentinelPassword,
        @Nullable String caFile,
        @Nullable String certificateFile,
        @Nullable String keyFile) {
    /** What the address says, and no more. */
    public static final RedisAccess OF_ADDRESS = new RedisAccess(null, null, null, null, null, null, null);

    /** Never the password. */
    @Override
    public String toString() {
        return "RedisAccess[username=%s]".formatted(username);
    }
}
