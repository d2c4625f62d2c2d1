package dev.sluice.subscription;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks of all tenants: kept in Redis, cached in this pod. A change is in force in every pod within a second.
 * Futures fail with {@link dev.sluice.redis.trouble.RedisUnavailable} while Redis is away; what is cached stays readable. Any
 * thread.
 */
public interface Registry {
    /** The tenant's index if this pod holds it; never waits. */
    @Nullable
    Index cached(String tenant);

    /** The tenant's index, read from Redis where this pod does not hold it yet. */
    Future<Index> index(String tenant);

    /** From the cache where it is held. */
    Future<Optional<Webhook>> find(String tenant, String id);

    /** Ordered by id; those after {@code after} (empty for the first page), at most {@code limit}. */
    Future<List<Webhook>> list(String tenant, String after, int limit);

    /**
     * Writes the webhook if nobody changed it since: the stored version must be one less than the webhook's (none for
     * version 1).
     *
     * @return false if somebody else was faster; fails with 409 {@code too-many-webhooks} where the tenant would have more
     *     than it may
     */
    Future<Boolean> save(Webhook webhook);

    /** @return false if there is none */
    Future<Boolean> delete(String tenant, String id);
}
