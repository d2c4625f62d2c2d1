package dev.sluice.boot;

import dev.sluice.access.redis.RedisLooks;
import dev.sluice.access.redis.RedisUsedLinks;
import dev.sluice.config.DeliveryConfig;
import dev.sluice.delivery.history.redis.RedisAttemptLog;
import dev.sluice.delivery.redis.RedisDeadLetters;
import dev.sluice.delivery.redis.RedisDeliveries;
import dev.sluice.delivery.redis.RedisPaces;
import dev.sluice.delivery.redis.RedisWebhookStates;
import dev.sluice.journal.Lags;
import dev.sluice.journal.redis.RedisEvents;
import dev.sluice.journal.redis.RedisPast;
import dev.sluice.redis.RedisLink;
import dev.sluice.replay.redis.RedisReplays;
import dev.sluice.secrets.Entropy;
import dev.sluice.statistics.redis.RedisStatistics;
import dev.sluice.system.redis.RedisCards;
import dev.sluice.system.redis.RedisServers;

/** What was, as people ask for it: read from Redis for each question. */
record Archive(
        RedisDeadLetters deadLetters,
        RedisAttemptLog attempts,
        RedisDeliveries deliveries,
        RedisWebhookStates states,
        RedisEvents events,
        RedisReplays replays,
        RedisPast past,
        RedisStatistics statistics,
        RedisCards cards,
        RedisServers servers,
        RedisUsedLinks links,
        RedisLooks looks,
        Lags lags) {

    static Archive on(Ground ground, Known known) {
        RedisLink link = known.link();
        DeliveryConfig config = ground.config().delivery();
        RedisDeadLetters deadLetters = new RedisDeadLetters(link, ground.homes(), config);
        RedisAttemptLog attempts = new RedisAttemptLog(link, ground.homes(), config);
        return new Archive(
                deadLetters,
                attempts,
                new RedisDeliveries(link, ground.homes(), config, deadLetters, attempts),
                new RedisWebhookStates(deadLetters, attempts, new RedisPaces(link, ground.homes())),
                new RedisEvents(link),
                new RedisReplays(link, Entropy.SYSTEM),
                new RedisPast(link, ground.config().journal(), known.installation()),
                new RedisStatistics(link, ground.homes()),
                new RedisCards(link),
                new RedisServers(link),
                new RedisUsedLinks(link),
                new RedisLooks(link),
                known.partitioning().lags());
    }
}
