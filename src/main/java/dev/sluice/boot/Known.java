package dev.sluice.boot;

import dev.sluice.journal.redis.Installation;
import dev.sluice.journal.redis.RedisPartitioning;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.fitness.FitnessWatch;

/** What a pod has from Redis before it starts its stages, and the link that all event loops share. */
record Known(
        RedisLink link,
        FitnessWatch fitness,
        Being being,
        Caches caches,
        Installation installation,
        RedisPartitioning partitioning) {}
