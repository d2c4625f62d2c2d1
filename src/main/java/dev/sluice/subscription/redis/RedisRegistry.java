package dev.sluice.subscription.redis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.bus.Channel;
import dev.sluice.bus.Home;
import dev.sluice.fault.Again;
import dev.sluice.fault.AgainEach;
import dev.sluice.redis.RedisLink;
import dev.sluice.subscription.Index;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.WebhookChanged;
import dev.sluice.subscription.form.WebhookCodec;
import dev.sluice.subscription.index.WebhookIndex;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The registry in Redis, cached in this pod; see the package for how the two stay together.
 *
 * <p>Snapshots are read by any thread. They are replaced on one context only, the one that made the registry; futures
 * complete on the context that asked.
 */
public final class RedisRegistry implements Registry {
    /** How long a read of the feed may block in Redis; its link must be patient enough. */
    public static final Duration BLOCK = Duration.ofSeconds(2);

    private static final Duration CHECK = Duration.ofSeconds(10);
    private static final int CHECKED_AT_ONCE = 500;
    private static final String ALL = "all";
    private static final int MAX_CACHED = 500_000;

    private final Home home;
    private final RedisLink link;
    private final WebhookStore store;
    private final Channel<WebhookChanged> changes;
    private final Timers timers;
    private final ChangeFeed feed;
    private final AgainEach reads;
    private final Again checks;
    private final Vertx vertx;

    // confined to home
    private final Rounds<Snapshot> rounds = new Rounds<>(this::refresh);
    private final Rounds<Void> looks = new Rounds<>(all -> check(List.copyOf(cached().keySet())));
    private final Admissions admissions = new Admissions();
    private Timers.@Nullable Timer check;

    // read by other threads
    private final Cache<String, Snapshot> cache = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED)
            .weigher(RedisRegistry::weight)
            .executor(Runnable::run)
            .build();

    /**
     * @param link     for commands
     * @param feedLink for reads that block up to {@link #BLOCK}; nobody else uses it
     * @param changes  each change of a webhook is published here, on every pod
     * @param timers   of the calling context
     */
    public RedisRegistry(
            Vertx vertx,
            RedisLink link,
            RedisLink feedLink,
            WebhookCodec codec,
            Channel<WebhookChanged> changes,
            Timers timers) {
        this.vertx = vertx;
        this.home = Home.here(vertx);
        this.link = link;
        this.store = new WebhookStore(vertx, link, codec);
        this.changes = changes;
        this.timers = timers;
        this.reads = link.faults().each("read webhooks", timers);
        this.checks = link.faults().again("check for changed webhooks", timers);
        this.feed = new ChangeFeed(feedLink, home, timers, BLOCK, this::changed);
    }

    /** Follows the changes from now on, as soon as Redis is there. */
    public void start() {
        home.run(() -> {
            check = timers.every(CHECK, () -> home.run(this::checkAll));
            link.onUp(() -> home.run(this::checkAll));
            feed.start();
        });
    }

    /** Leaves the links open. */
    public void stop() {
        home.run(() -> {
            feed.stop();
            if (check != null) {
                check.cancel();
            }
        });
    }

    @Override
    public @Nullable Index cached(String tenant) {
        Snapshot snapshot = cache.getIfPresent(tenant);
        return snapshot == null ? null : snapshot.index();
    }

    @Override
    public Future<Index> index(String tenant) {
        return snapshot(tenant).map(Snapshot::index);
    }

    @Override
    public Future<Optional<Webhook>> find(String tenant, String id) {
        Snapshot snapshot = cache.getIfPresent(tenant);
        return snapshot == null
                ? store.find(tenant, id)
                : Future.succeededFuture(snapshot.index().find(id));
    }

    @Override
    public Future<List<Webhook>> list(String tenant, String after, int limit) {
        return snapshot(tenant).map(snapshot -> snapshot.index().page(after, limit));
    }

    @Override
    public Future<Boolean> save(Webhook webhook) {
        return home.ask(() -> snapshot(webhook.tenant())
                .compose(known -> admissions.admit(
                        webhook,
                        known.index(),
                        () -> store.write(webhook)
                                .compose(written -> applied(written, webhook.tenant(), webhook.id())))));
    }

    @Override
    public Future<Boolean> delete(String tenant, String id) {
        return home.ask(() -> store.delete(tenant, id).compose(deleted -> applied(deleted, tenant, id)));
    }

    private Map<String, Snapshot> cached() {
        return cache.asMap();
    }

    /** Looks at every tenant that is held, for one who knows that Redis may have other data now. Any thread. */
    public void recheck() {
        home.run(this::checkAll);
    }

    private Future<Snapshot> snapshot(String tenant) {
        Snapshot snapshot = cache.getIfPresent(tenant);
        return snapshot == null ? home.ask(() -> rounds.current(tenant)) : Future.succeededFuture(snapshot);
    }

    /** In force on this pod, and told to the others; what fails of that is made up for by the check. */
    private Future<Boolean> applied(boolean written, String tenant, String id) {
        if (!written) {
            return Future.succeededFuture(false);
        }
        Future<?> told = store.announce(tenant, id);
        Future<?> here = isHeld(tenant) ? renewed(tenant) : Future.succeededFuture();
        return Future.join(told, here).map(true).otherwise(true);
    }

    /** Of other pods, and of this one again. */
    private Future<?> changed(List<ChangeFeed.Change> news) {
        List<Future<Void>> reads = new ArrayList<>();
        for (ChangeFeed.Change change : news) {
            if (isHeld(change.tenant())) {
                renewed(change.tenant());
            } else {
                reads.add(tell(change));
            }
        }
        return Future.join(reads).otherwiseEmpty();
    }

    /** Nothing is cached that could be wrong; but a lane may hold the webhook. */
    private Future<Void> tell(ChangeFeed.Change change) {
        return store.find(change.tenant(), change.id())
                .onSuccess(webhook ->
                        changes.publish(new WebhookChanged(change.tenant(), change.id(), webhook.orElse(null))))
                .onFailure(cause -> reads.failed(change.tenant(), cause))
                .mapEmpty();
    }

    private boolean isHeld(String tenant) {
        return cache.getIfPresent(tenant) != null || rounds.isRunning(tenant);
    }

    private Future<Snapshot> renewed(String tenant) {
        return rounds.next(tenant);
    }

    private void checkAll() {
        looks.next(ALL);
    }

    /** Some at a time, however many are cached, so that nobody waits long behind them. */
    private Future<Void> check(List<String> tenants) {
        if (tenants.isEmpty()) {
            return Future.succeededFuture();
        }
        List<String> some = tenants.subList(0, Math.min(tenants.size(), CHECKED_AT_ONCE));
        return checks.watch(store.versions(some))
                .compose(versions -> renewStale(some, versions))
                .compose(done -> check(tenants.subList(some.size(), tenants.size())));
    }

    private Future<Void> renewStale(List<String> tenants, List<@Nullable String> versions) {
        List<Future<Snapshot>> renewals = new ArrayList<>();
        for (int i = 0; i < tenants.size(); i++) {
            Snapshot held = cache.getIfPresent(tenants.get(i));
            String version = versions.get(i);
            if (held != null && version != null && !held.version().equals(version)) {
                renewals.add(renewed(tenants.get(i)));
            }
        }
        return Future.join(renewals).<Void>mapEmpty().otherwiseEmpty();
    }

    /**
     * One round: never two at a time for one tenant, so what it read cannot be overtaken. What is cached stays where it
     * fails, and is tried again at the next check.
     */
    private Future<Snapshot> refresh(String tenant) {
        Snapshot held = cache.getIfPresent(tenant);
        return reads.watch(
                tenant, held == null ? load(tenant).map(loaded -> keep(tenant, loaded)) : catchUp(tenant, held));
    }

    private Future<Snapshot> catchUp(String tenant, Snapshot held) {
        return store.changesSince(tenant, held.version()).compose(news -> {
            if (news.version().equals(held.version())) {
                return Future.succeededFuture(held);
            }
            Map<String, Optional<Webhook>> webhooks = news.webhooks();
            Future<Snapshot.Update> update = webhooks == null
                    ? load(tenant).compose(loaded -> offLoop(() -> held.replacedBy(tenant, loaded)))
                    : offLoop(() -> held.with(tenant, news.version(), webhooks));
            return update.map(done -> keep(tenant, done));
        });
    }

    /** What was written while it was being read is read again. */
    private Future<Snapshot> load(String tenant) {
        return store.version(tenant)
                .compose(version -> store.readAll(tenant)
                        .compose(webhooks -> offLoop(() -> WebhookIndex.of(webhooks.values())))
                        .map(index -> new Snapshot(index, version)))
                .compose(read -> store.changesSince(tenant, read.version())
                        .compose(news -> news.webhooks() == null
                                ? load(tenant)
                                : Future.succeededFuture(read.with(tenant, news.version(), news.webhooks())
                                        .snapshot())));
    }

    private Snapshot keep(String tenant, Snapshot snapshot) {
        cache.put(tenant, snapshot);
        return snapshot;
    }

    /** First the index, then the news: who hears of a change finds it in force. */
    private Snapshot keep(String tenant, Snapshot.Update update) {
        cache.put(tenant, update.snapshot());
        update.changes().forEach(changes::publish);
        return update.snapshot();
    }

    /** The largest tenant always fits. */
    private static int weight(String tenant, Snapshot snapshot) {
        return Math.min(MAX_CACHED, 1 + snapshot.index().size());
    }

    /** A hundred thousand webhooks take a tenth of a second. */
    private <T> Future<T> offLoop(Callable<T> work) {
        return vertx.executeBlocking(work, false);
    }
}
