package dev.sluice.telemetry;

import dev.sluice.delivery.BacklogListener;
import dev.sluice.delivery.BacklogListener.Backlog;
import dev.sluice.delivery.BacklogListener.Part;
import dev.sluice.delivery.BacklogListener.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What waits in Redis, of all pods, as each of them tells: take the {@code max} over pods, not the {@code sum}. What is not
 * there has no age; while Redis is away, what was seen last stays. Any thread.
 */
final class WaitingMeters implements BacklogListener {
    private static final Duration[] LATENCY = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1)
    };

    private final MeterRegistry registry;
    private final Map<Integer, Backlog> shards = new ConcurrentHashMap<>();
    private final Map<String, Duration> unread = new ConcurrentHashMap<>();
    private final Map<String, Duration> unsettled = new ConcurrentHashMap<>();
    private final Timer latency;

    WaitingMeters(MeterRegistry registry) {
        this.registry = registry;
        for (State state : State.values()) {
            waiting(state);
        }
        gauge(
                "sluice.deliveries.waiting.bytes",
                "Of parked deliveries, of the 250 webhooks of each shard that are next",
                sum(Backlog::bytes));
        gauge(
                "sluice.dead.letters",
                "Dead letters that are kept, of 250 webhooks of each shard",
                sum(Backlog::deadLetters));
        Gauge.builder("sluice.lanes.overdue", shards.values(), oldest(Backlog::overdue))
                .description("Since a pod should have looked at the webhook that has waited for one longest")
                .baseUnit("seconds")
                .register(registry);
        oldestEvent("unread", unread);
        oldestEvent("unsettled", unsettled);
        latency = Timer.builder("sluice.redis.latency")
                .description("From a small question to Redis to its answer, as this pod sees it")
                .serviceLevelObjectives(LATENCY)
                .register(registry);
    }

    private void waiting(State state) {
        String name = state.name().toLowerCase(Locale.ROOT);
        Gauge.builder(
                        "sluice.deliveries.waiting",
                        shards.values(),
                        sum(shard -> part(shard, state).count()))
                .description("Parked deliveries of the webhooks that are next, by whether they could go now")
                .tag("state", name)
                .register(registry);
        Gauge.builder(
                        "sluice.deliveries.waiting.oldest",
                        shards.values(),
                        oldest(shard -> part(shard, state).oldest()))
                .description("Since the event of the oldest of these was accepted, or since it is due")
                .baseUnit("seconds")
                .tag("state", name)
                .register(registry);
    }

    private static Part part(Backlog shard, State state) {
        return shard.parts().getOrDefault(state, new Part(0, Duration.ZERO));
    }

    private void gauge(String name, String description, ToDoubleFunction<Collection<Backlog>> value) {
        Gauge.builder(name, shards.values(), value).description(description).register(registry);
    }

    private static ToDoubleFunction<Collection<Backlog>> sum(ToLongFunction<Backlog> part) {
        return all -> all.stream().mapToLong(part).sum();
    }

    private static ToDoubleFunction<Collection<Backlog>> oldest(Function<Backlog, Duration> part) {
        return all ->
                all.stream().map(part).mapToDouble(WaitingMeters::seconds).max().orElse(0);
    }

    private void oldestEvent(String state, Map<String, Duration> partitions) {
        Gauge.builder(
                        "sluice.journal.oldest",
                        partitions.values(),
                        all -> all.stream()
                                .mapToDouble(WaitingMeters::seconds)
                                .max()
                                .orElse(0))
                .description(
                        "Since the oldest event was accepted that no pod has read, or that is read and not settled")
                .baseUnit("seconds")
                .tag("state", state)
                .register(registry);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    @Override
    public void waits(int shard, Backlog backlog) {
        shards.put(shard, backlog);
    }

    void waits(String partition, Duration oldestUnread, Duration oldestUnsettled) {
        unread.put(partition, oldestUnread);
        unsettled.put(partition, oldestUnsettled);
    }

    @Override
    public void answered(Duration took) {
        latency.record(took);
    }
}
