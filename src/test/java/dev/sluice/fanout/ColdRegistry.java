package dev.sluice.fanout;

import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.subscription.Index;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.InMemoryRegistry;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A registry whose tenants cannot be loaded while it is told so. */
final class ColdRegistry implements Registry {
    final InMemoryRegistry warm = new InMemoryRegistry();
    boolean away;
    /** Whose webhooks cannot be loaded though Redis is there; null: nobody's. */
    @Nullable
    String broken;

    int loads;

    @Override
    public @Nullable Index cached(String tenant) {
        return away || tenant.equals(broken) ? null : warm.cached(tenant);
    }

    @Override
    public Future<Index> index(String tenant) {
        loads++;
        if (tenant.equals(broken)) {
            return Future.failedFuture(new IllegalStateException("WRONGTYPE"));
        }
        return away ? Future.failedFuture(new RedisUnavailable("Redis is away")) : warm.index(tenant);
    }

    @Override
    public Future<Optional<Webhook>> find(String tenant, String id) {
        return warm.find(tenant, id);
    }

    @Override
    public Future<List<Webhook>> list(String tenant, String after, int limit) {
        return warm.list(tenant, after, limit);
    }

    @Override
    public Future<Boolean> save(Webhook webhook) {
        return warm.save(webhook);
    }

    @Override
    public Future<Boolean> delete(String tenant, String id) {
        return warm.delete(tenant, id);
    }
}
