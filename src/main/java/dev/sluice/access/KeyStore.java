package dev.sluice.access;

import io.vertx.core.Future;
import java.util.List;

/**
 * The stored keys. A change is in force on this pod when its future completes, and on every other within a second.
 * Futures fail with {@link dev.sluice.redis.trouble.RedisUnavailable} while Redis is away. Any thread.
 */
public interface KeyStore {
    /** Ordered by id. */
    Future<List<ApiKey>> list();

    /** Fails with 409 {@code too-many-keys} where there is no {@link KeyRing#room()}. */
    Future<Added> add(ApiKey key);

    Future<Removed> remove(String id);

    enum Added {
        ADDED,
        /** Nothing changed: without any key, the first one must be an admin's, or nobody could make another. */
        FIRST_MUST_BE_ADMIN
    }

    enum Removed {
        REMOVED,
        NO_SUCH_KEY,
        /** Nothing changed: it is the last key that may make and delete keys. */
        LAST_ADMIN
    }
}
