package dev.sluice.telemetry;

import dev.sluice.event.Event;
import dev.sluice.trace.Sampler;
import dev.sluice.trace.Trace;
import io.micrometer.core.instrument.Timer;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Times with the traces that they are of, so that a histogram shows one for each of its buckets. The registry asks for the trace
 * while a time is recorded, on the same thread; its span is that of ingest, above all others. Any thread.
 */
final class Exemplars implements SpanContext {
    private static final ThreadLocal<@Nullable Trace> CURRENT = new ThreadLocal<>();

    private final Sampler sampler;

    Exemplars(Sampler sampler) {
        this.sampler = sampler;
    }

    /** Whether there are any: a registry that asks for them costs more. */
    boolean isOn() {
        return sampler != Sampler.NONE;
    }

    void record(Timer timer, Duration span, Event event) {
        record(timer, span.toNanos(), TimeUnit.NANOSECONDS, event);
    }

    void record(Timer timer, long millis, Event event) {
        record(timer, millis, TimeUnit.MILLISECONDS, event);
    }

    private void record(Timer timer, long amount, TimeUnit unit, Event event) {
        Trace trace = sampler.of(event);
        if (trace == null) {
            timer.record(amount, unit);
            return;
        }
        CURRENT.set(trace);
        try {
            timer.record(amount, unit);
        } finally {
            CURRENT.remove();
        }
    }

    @Override
    public @Nullable String getCurrentTraceId() {
        Trace trace = CURRENT.get();
        return trace == null ? null : trace.traceId();
    }

    @Override
    public @Nullable String getCurrentSpanId() {
        Trace trace = CURRENT.get();
        return trace == null ? null : trace.spanId();
    }

    @Override
    public boolean isCurrentSpanSampled() {
        return CURRENT.get() != null;
    }

    @Override
    public void markCurrentSpanAsExemplar() {} // every trace that is sampled is exported
}
