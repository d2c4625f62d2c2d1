package dev.sluice.boot;

import dev.sluice.access.KeyRing;
import dev.sluice.access.Passes;
import dev.sluice.access.redis.RedisKeys;
import dev.sluice.config.SourceConfig;
import dev.sluice.redis.RedisLink;
import dev.sluice.secrets.Entropy;
import dev.sluice.secrets.SecretBox;
import dev.sluice.source.ConfiguredSources;
import dev.sluice.source.Source;
import dev.sluice.source.SourceCodec;
import dev.sluice.source.redis.RedisSightings;
import dev.sluice.source.redis.RedisSources;
import dev.sluice.subscription.form.WebhookCodec;
import dev.sluice.subscription.redis.RedisRegistry;
import dev.sluice.time.Timers;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Map;

/** What a pod knows without asking Redis each time: webhooks, keys, sources, and what was seen of these. */
final class Caches {
    final RedisRegistry registry;
    final KeyRing ring;
    final RedisKeys keys;
    final Passes passes;
    final RedisSources sources;
    final RedisSightings sightings;

    /** @param link shared by all event loops; it lives on the calling context, and so do the caches */
    Caches(Ground ground, SecretBox secrets, RedisLink link) {
        Timers timers = new VertxTimers(ground.vertx());
        RedisLink feed = ground.links().openBlocking("changes", RedisRegistry.BLOCK);
        registry = new RedisRegistry(
                ground.vertx(),
                link,
                feed,
                new WebhookCodec(secrets, ground.faults()),
                ground.channels().changes(),
                timers);
        ring = new KeyRing(ground.config().access());
        keys = new RedisKeys(link, ring, timers);
        passes = new Passes(secrets, ring, Entropy.SYSTEM, InstantSource.system());
        sources = new RedisSources(
                link, new SourceCodec(secrets), configured(ground.config().sources()), timers);
        sightings = new RedisSightings(link, timers);
    }

    private static Map<String, Source> configured(Map<String, SourceConfig> configs) {
        try {
            return ConfiguredSources.of(configs);
        } catch (IllegalArgumentException wrong) {
            throw new StartFailure(String.valueOf(wrong.getMessage()));
        }
    }

    /** Completes when the keys and the sources are known. */
    Future<Void> start() {
        registry.start();
        sightings.start();
        return keys.start().compose(loaded -> sources.start()).mapEmpty();
    }

    Future<Void> stop() {
        return sightings.stop();
    }
}
