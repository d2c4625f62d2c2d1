package dev.sluice.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** How long events take from being accepted, by the clock of Redis, to their endpoints, by this pod's. Any thread. */
final class DelayMeters {
    private static final Duration[] BOUNDS = Buckets.between(Duration.ofMillis(10), Duration.ofDays(1));

    private final InstantSource clock;
    private final Timer arrived;
    private final Timer straight;
    private final Timer waited;
    private final Timer delivered;

    DelayMeters(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        this.arrived = timer(
                        "sluice.lane.delay", "From an event's being accepted to its being in the lanes of its webhooks")
                .register(registry);
        this.straight = first("journal").register(registry);
        this.waited = first("parked").register(registry);
        this.delivered = timer(
                        "sluice.delivered.delay",
                        "From an event's being accepted to the end of the attempt that delivered it")
                .register(registry);
    }

    /** @param from the journal straight, or parked: it waited in Redis first, which past events and dead letters do too */
    private static Timer.Builder first(String from) {
        return timer("sluice.first.attempt.delay", "From an event's being accepted to the begin of the first attempt")
                .tag("from", from);
    }

    private static Timer.Builder timer(String name, String description) {
        return Timer.builder(name).description(description).serviceLevelObjectives(BOUNDS);
    }

    void arrived(long accepted) {
        record(arrived, accepted);
    }

    void firstTried(long accepted, boolean hasWaited) {
        record(hasWaited ? waited : straight, accepted);
    }

    void delivered(long accepted) {
        record(delivered, accepted);
    }

    /** The clocks of two machines differ: what would come before it was accepted came at once. */
    private void record(Timer timer, long accepted) {
        if (accepted >= 0) {
            timer.record(Math.max(0, clock.millis() - accepted), TimeUnit.MILLISECONDS);
        }
    }
}
