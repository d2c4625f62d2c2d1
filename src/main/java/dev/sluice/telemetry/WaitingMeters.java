package dev.sluice.telemetry;

import dev.sluice.delivery.BacklogListener;
import dev.sluice.time.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits in Redis, of all pods, as each of them tells: take the {@code max} over pods, not the {@code sum}. What is not
 * there has no age; ages are as of when they were told. Any thread.
 */
final class WaitingMeters implements BacklogListener {
    private final MeterRegistry registry;
    private final Ticker ticker;
    private final Parts<Backlog> shards = new Parts<>();
    private final Parts<Long> pending = new Parts<>();
    private final Parts<Long> kept = new Parts<>();
    private final Parts<Duration> unread = new Parts<>();
    private final Parts<Duration> unsettled = new Parts<>();
    private final Timer latency;
    /** When each part was told last; the same parts for every pod, for as long as it runs. */
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    private final long born;

    WaitingMeters(MeterRegistry registry, Ticker ticker) {
        this.registry = registry;
        this.ticker = ticker;
        this.born = ticker.nanos();
        for (State state : State.values()) {
            deliveries(state);
        }
        deliveries();
        events();
        gauge(
                "sluice.redis.told.age",
                "seconds",
                "Since Redis last told this pod the oldest part of what waits, be it a shard or a partition",
                Tags.empty(),
                () -> seconds(Duration.ofNanos(oldest(ticker.nanos()))));
        latency = Timer.builder("sluice.redis.latency")
                .description("From a small question to Redis to its answer, as this pod sees it")
                .serviceLevelObjectives(Buckets.between(Duration.ofMillis(1), Duration.ofSeconds(1)))
                .register(registry);
    }

    private void deliveries(State state) {
        Tags tags = tags(state.name());
        gauge(
                "sluice.deliveries.waiting",
                null,
                "Parked deliveries of the webhooks that are next, by whether they could go now",
                tags,
                () -> shards.sum(shard -> part(shard, state).count()));
        gauge(
                "sluice.deliveries.waiting.oldest",
                "seconds",
                "Since the event of the oldest of these was accepted, or since it is due",
                tags,
                () -> shards.max(shard -> seconds(part(shard, state).oldest())));
    }

    private static Part part(Backlog shard, State state) {
        return shard.parts().getOrDefault(state, new Part(0, Duration.ZERO));
    }

    private void deliveries() {
        gauge(
                "sluice.deliveries.waiting.bytes",
                null,
                "Of parked deliveries, of the 250 webhooks of each shard that are next",
                Tags.empty(),
                () -> shards.sum(Backlog::bytes));
        gauge(
                "sluice.dead.letters",
                null,
                "Dead letters that are kept, of 250 webhooks of each shard",
                Tags.empty(),
                () -> shards.sum(Backlog::deadLetters));
        gauge(
                "sluice.lanes.overdue",
                "seconds",
                "Since a pod should have looked at the webhook that has waited for one longest",
                Tags.empty(),
                () -> shards.max(shard -> seconds(shard.overdue())));
    }

    private void events() {
        gauge(
                "sluice.journal.pending.events",
                null,
                "Events in the journal that are not acknowledged, of all pods",
                Tags.empty(),
                () -> pending.sum(Long::doubleValue));
        gauge(
                "sluice.journal.kept.events",
                null,
                "Events in the journal, acknowledged ones included",
                Tags.empty(),
                () -> kept.sum(Long::doubleValue));
        oldest("unread", unread);
        oldest("unsettled", unsettled);
    }

    private void oldest(String state, Parts<Duration> partitions) {
        gauge(
                "sluice.journal.oldest",
                "seconds",
                "Since the oldest event was accepted that no pod has read, or that is read and not settled",
                tags(state),
                () -> partitions.max(WaitingMeters::seconds));
    }

    private static Tags tags(String state) {
        return Tags.of("state", state.toLowerCase(Locale.ROOT));
    }

    private void gauge(String name, @Nullable String unit, String description, Tags tags, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .baseUnit(unit)
                .tags(tags)
                .register(registry);
    }

    private void told(String part) {
        told.put(part, ticker.nanos());
    }

    private long oldest(long now) {
        return told.values().stream().mapToLong(at -> now - at).max().orElse(now - born);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    @Override
    public void waits(int shard, Backlog backlog) {
        shards.tell(String.valueOf(shard), backlog);
        told("shard " + shard);
    }

    void measured(String partition, long pendingEvents, long keptEvents) {
        pending.tell(partition, pendingEvents);
        kept.tell(partition, keptEvents);
        told("events of " + partition);
    }

    void waits(String partition, Duration oldestUnread, Duration oldestUnsettled) {
        unread.tell(partition, oldestUnread);
        unsettled.tell(partition, oldestUnsettled);
        told("ages of " + partition);
    }

    @Override
    public void answered(Duration took) {
        latency.record(took);
    }
}
