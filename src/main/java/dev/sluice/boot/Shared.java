package dev.sluice.boot;

import dev.sluice.access.KeyRing;
import dev.sluice.access.redis.RedisKeys;
import dev.sluice.bus.Bus;
import dev.sluice.config.SluiceConfig;
import dev.sluice.config.SourceConfig;
import dev.sluice.delivery.history.redis.RedisAttemptLog;
import dev.sluice.delivery.redis.RedisDeadLetters;
import dev.sluice.delivery.redis.RedisDeliveries;
import dev.sluice.delivery.redis.RedisWebhookStates;
import dev.sluice.delivery.send.Clocks;
import dev.sluice.delivery.send.Senders;
import dev.sluice.journal.Epochs;
import dev.sluice.journal.redis.Installation;
import dev.sluice.journal.redis.RedisEvents;
import dev.sluice.journal.redis.Retention;
import dev.sluice.redis.RedisLink;
import dev.sluice.replay.redis.RedisReplays;
import dev.sluice.secrets.Entropy;
import dev.sluice.source.ConfiguredSources;
import dev.sluice.source.Source;
import dev.sluice.source.SourceCodec;
import dev.sluice.source.catalog.Catalogs;
import dev.sluice.source.redis.RedisSightings;
import dev.sluice.source.redis.RedisSources;
import dev.sluice.subscription.Homes;
import dev.sluice.subscription.form.WebhookCodec;
import dev.sluice.subscription.redis.RedisRegistry;
import dev.sluice.telemetry.Telemetry;
import dev.sluice.time.Ticker;
import dev.sluice.time.Timers;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** What all event loops of a pod share: the caches of what is in Redis, and the chores that a pod does once. */
final class Shared {
    private static final Duration SWEEP = Duration.ofSeconds(5);

    final Channels channels;
    final Homes homes;
    final Budgets budgets;
    final Links links;
    final RedisLink link;
    final RedisRegistry registry;
    final KeyRing ring;
    final RedisKeys keys;
    final RedisSources sources;
    final RedisSightings sightings;
    final Catalogs catalogs = Catalogs.load();
    final RedisDeadLetters deadLetters;
    final RedisAttemptLog attempts;
    final RedisDeliveries deliveries;
    final RedisWebhookStates states;
    final RedisEvents events;
    final RedisReplays replays;
    final Retention retention;
    final Senders senders;
    /** Whether a delivery of a keyed partition may still be attempted by this pod. */
    final Epochs epochs = new Epochs(Ticker.SYSTEM);

    private final Timers timers;

    /** Call on the context that the shared links shall live on. */
    Shared(Vertx vertx, SluiceConfig config, Storage storage, Telemetry telemetry, int loops) {
        channels = new Channels(new Bus(vertx), loops);
        homes = new Homes(config.delivery().parking().shards(), loops);
        budgets = Budgets.of(config, loops);
        timers = new VertxTimers(vertx);
        links = new Links(vertx, storage.target());
        link = links.open("shared");
        RedisLink feed = links.openBlocking("changes", RedisRegistry.BLOCK);
        registry =
                new RedisRegistry(vertx, link, feed, new WebhookCodec(storage.secrets()), channels.changes(), timers);
        ring = new KeyRing(config.access());
        keys = new RedisKeys(link, ring, timers);
        sources = new RedisSources(link, new SourceCodec(storage.secrets()), configured(config.sources()), timers);
        sightings = new RedisSightings(link, timers);
        deadLetters = new RedisDeadLetters(link, homes, config.delivery());
        attempts = new RedisAttemptLog(link, homes, config.delivery());
        deliveries = new RedisDeliveries(link, homes, config.delivery(), deadLetters, attempts);
        states = new RedisWebhookStates(deadLetters, attempts);
        events = new RedisEvents(link);
        senders = senders(vertx, config, timers);
        replays = new RedisReplays(link, Entropy.SYSTEM);
        retention = new Retention(link, config.journal(), telemetry.journal());
    }

    private static Map<String, Source> configured(Map<String, SourceConfig> configs) {
        try {
            return ConfiguredSources.of(configs);
        } catch (IllegalArgumentException wrong) {
            throw new StartFailure(String.valueOf(wrong.getMessage()));
        }
    }

    private static Senders senders(Vertx vertx, SluiceConfig config, Timers timers) {
        Clocks clocks = new Clocks(InstantSource.system(), Ticker.SYSTEM, timers);
        Senders senders = new Senders(vertx, config.delivery(), clocks, Version.current());
        senders.ownPort(config.http().port());
        senders.ownPort(config.management().port());
        return senders;
    }

    /** Completes when the keys and the sources are known and the installation has its mark. */
    Future<Installation> start() {
        registry.start();
        timers.every(SWEEP, retention::sweep);
        sightings.start();
        return keys.start()
                .compose(loaded -> sources.start())
                .compose(loaded -> Installation.load(link, new SecureRandom()))
                .onSuccess(installation -> installation.keep(link));
    }
}
