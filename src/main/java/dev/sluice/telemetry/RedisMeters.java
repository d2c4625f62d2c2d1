package dev.sluice.telemetry;

import dev.sluice.redis.fitness.FitnessWatch;
import dev.sluice.redis.trouble.Trouble;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What is wrong with Redis, and how full it is. One thread tells, any reads. */
final class RedisMeters implements FitnessWatch.Listener {
    /** Found in what Redis says of itself; with any other, some of it said nothing. */
    private static final Set<Trouble> SAID =
            EnumSet.of(Trouble.EVICTS, Trouble.NOT_ON_DISK, Trouble.FEW_REPLICAS, Trouble.SHORT_OF_MEMORY);

    private final Map<Trouble, AtomicLong> troubles = new EnumMap<>(Trouble.class);
    private volatile double memoryShare = Double.NaN;

    RedisMeters(MeterRegistry registry) {
        Gauge.builder("sluice.redis.memory.share", () -> memoryShare)
                .description("Of the maxmemory of Redis, how much is used; 0 without a limit")
                .register(registry);
        for (Trouble trouble : Trouble.values()) {
            AtomicLong is = new AtomicLong();
            troubles.put(trouble, is);
            Gauge.builder("sluice.redis.trouble", is, AtomicLong::get)
                    .description("1 for what keeps Redis from holding what is promised: events are refused")
                    .tag("trouble", trouble.word())
                    .register(registry);
        }
    }

    /** Who says nothing has not become emptier. */
    @Override
    public void looked(Set<Trouble> found, double share) {
        troubles.forEach((trouble, is) -> is.set(found.contains(trouble) ? 1 : 0));
        boolean isWhole = SAID.containsAll(found);
        if (isWhole || share > memoryShare) {
            memoryShare = share;
        }
    }
}
