package dev.sluice.telemetry;

import dev.sluice.event.Event;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;

/** How long events take from being accepted, by the clock of Redis, to their endpoints, by this pod's. Any thread. */
final class DelayMeters {
    private static final Duration[] BOUNDS = Buckets.between(Duration.ofMillis(10), Duration.ofDays(1));

    private final InstantSource clock;
    private final Exemplars exemplars;
    private final Timer arrived;
    private final Timer straight;
    private final Timer waited;
    private final Timer delivered;

    DelayMeters(MeterRegistry registry, InstantSource clock, Exemplars exemplars) {
        this.clock = clock;
        this.exemplars = exemplars;
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

    void arrived(Event event) {
        record(arrived, event);
    }

    void firstTried(Event event, boolean hasWaited) {
        record(hasWaited ? waited : straight, event);
    }

    void delivered(Event event) {
        record(delivered, event);
    }

    void took(Timer timer, Event event, Duration span) {
        exemplars.record(timer, span, event);
    }

    /** The clocks of two machines differ: what would come before it was accepted came at once. */
    private void record(Timer timer, Event event) {
        long accepted = event.id().acceptedMillis();
        if (accepted >= 0) {
            exemplars.record(timer, Math.max(0, clock.millis() - accepted), event);
        }
    }
}
