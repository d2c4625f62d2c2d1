package dev.sluice.testing;

import dev.sluice.http.ProblemException;
import dev.sluice.subscription.Index;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.index.WebhookIndex;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps the contract of {@link Registry} without Redis; {@link #cool} makes a tenant cold again. Any thread. */
public final class InMemoryRegistry implements Registry {
    private final Map<String, WebhookIndex> stored = new ConcurrentHashMap<>();
    private final Map<String, WebhookIndex> cached = new ConcurrentHashMap<>();
    private final AtomicInteger finds = new AtomicInteger();

    /** How often one webhook was asked for. */
    public int finds() {
        return finds.get();
    }

    public void cool(String tenant) {
        cached.remove(tenant);
    }

    @Override
    public @Nullable Index cached(String tenant) {
        return cached.get(tenant);
    }

    @Override
    public Future<Index> index(String tenant) {
        cached.put(tenant, of(tenant));
        return Future.succeededFuture(of(tenant));
    }

    @Override
    public Future<Optional<Webhook>> find(String tenant, String id) {
        finds.incrementAndGet();
        return Future.succeededFuture(of(tenant).find(id));
    }

    @Override
    public Future<List<Webhook>> list(String tenant, String after, int limit) {
        return Future.succeededFuture(of(tenant).page(after, limit));
    }

    @Override
    public synchronized Future<Boolean> save(Webhook webhook) {
        WebhookIndex index = of(webhook.tenant());
        try {
            index.weight().requireRoomFor(index.added(webhook), webhook.tenant());
        } catch (ProblemException refused) {
            return Future.failedFuture(refused);
        }
        long version = index.find(webhook.id()).map(Webhook::version).orElse(0L);
        boolean unchanged = version == webhook.version() - 1;
        if (unchanged) {
            store(webhook.tenant(), index.with(webhook));
        }
        return Future.succeededFuture(unchanged);
    }

    @Override
    public synchronized Future<Boolean> delete(String tenant, String id) {
        WebhookIndex index = of(tenant);
        boolean there = index.find(id).isPresent();
        store(tenant, index.without(id));
        return Future.succeededFuture(there);
    }

    /** Whatever was there before. */
    public synchronized void put(Webhook webhook) {
        store(webhook.tenant(), of(webhook.tenant()).with(webhook));
    }

    private WebhookIndex of(String tenant) {
        return stored.getOrDefault(tenant, WebhookIndex.EMPTY);
    }

    private void store(String tenant, WebhookIndex index) {
        stored.put(tenant, index);
        cached.computeIfPresent(tenant, (name, old) -> index);
    }
}
