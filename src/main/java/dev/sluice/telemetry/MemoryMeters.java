package dev.sluice.telemetry;

import dev.sluice.memory.Purpose;
import dev.sluice.memory.Scarcity;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.LongSupplier;

/** What a pod holds of its memory, for each purpose. Any thread. */
final class MemoryMeters {
    private MemoryMeters() {}

    static void register(MeterRegistry registry, Scarcity scarcity) {
        scarcity.all().forEach(watched -> register(registry, watched));
    }

    private static void register(MeterRegistry registry, Scarcity.Watched watched) {
        Purpose purpose = watched.purpose();
        Tags tags = Tags.of("purpose", purpose.name());
        Gauge.builder("sluice.memory.held", purpose, one -> one.held().getAsLong())
                .description("Of what there is for a purpose, how much is taken")
                .baseUnit("bytes")
                .tags(tags)
                .register(registry);
        Gauge.builder("sluice.memory.limit", purpose, Purpose::most)
                .description("How much there is for a purpose")
                .baseUnit("bytes")
                .tags(tags)
                .register(registry);
        LongSupplier refusals = purpose.refusals();
        if (refusals == null) {
            return; // a figure that never changes would say that it is never short
        }
        Gauge.builder("sluice.memory.short", watched, one -> one.isShort() ? 1 : 0)
                .description("1 while what needs memory for a purpose waits for it or is refused")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder("sluice.memory.refusals", refusals, LongSupplier::getAsLong)
                .description("How often there was no room for a purpose")
                .tags(tags)
                .register(registry);
    }
}
