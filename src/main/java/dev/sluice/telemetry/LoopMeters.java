package dev.sluice.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Whether the event loops turn, how late they are, and which one was held. Any thread. */
final class LoopMeters {
    private static final Duration[] LAG = Buckets.between(Duration.ofMillis(1), Duration.ofSeconds(5));

    private final MeterRegistry registry;
    private final Timer lag;

    LoopMeters(MeterRegistry registry, Heartbeats heartbeats) {
        this.registry = registry;
        this.lag = Timer.builder("sluice.event.loop.lag")
                .description("By how much the signs of life of event loops were late; each gives two a second")
                .serviceLevelObjectives(LAG)
                .register(registry);
        heartbeats.tellLag(lag::record);
        Gauge.builder("sluice.event.loops.late", heartbeats, Heartbeats::late)
                .description("Event loops of this pod that gave no sign of life for five seconds")
                .register(registry);
    }

    /** @param loop the number in the name of its thread, which is one of few */
    void held(String loop) {
        Counter.builder("sluice.event.loop.held")
                .description(
                        "Times that one piece of work held an event loop for more than 50 ms, pauses of the JVM included")
                .tag("loop", loop)
                .register(registry)
                .increment();
    }
}
