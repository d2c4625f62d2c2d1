package dev.sluice.trace;

import dev.sluice.config.TracingConfig;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.event.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * Which events are traced. What their producer decided holds; of those whose producer decided nothing, a share, by their ids: so
 * every pod decides alike, and an event is traced whole or not at all. Any thread.
 */
public final class Sampler {
    public static final Sampler NONE = new Sampler(false, 0);

    private static final long CHOICE = 5;
    private static final int SAMPLED = 1;
    /** Of the flags in a {@code traceparent}, their last digit. */
    private static final int FLAG = 54;

    private final boolean on;
    private final double share;

    private Sampler(boolean on, double share) {
        this.on = on;
        this.share = share;
    }

    public static Sampler of(TracingConfig config) {
        return config.isOn() ? new Sampler(true, config.share()) : NONE;
    }

    /** Null: it is not traced. */
    public @Nullable Trace of(Event event) {
        return on ? of(event.id(), event.attributes()) : null;
    }

    @Nullable
    Trace of(EventId id, Attributes attributes) {
        String parent = attributes.get(Attributes.TRACE_PARENT);
        TraceContext producer = parent == null ? null : TraceContext.of(parent, attributes.get(Attributes.TRACE_STATE));
        if (producer != null) {
            return isSampled(producer) ? Trace.begunBy(producer, id) : null;
        }
        return isChosen(id) ? Trace.begunHere(id) : null;
    }

    private static boolean isSampled(TraceContext producer) {
        return (Character.digit(producer.parent().charAt(FLAG), 16) & SAMPLED) != 0;
    }

    private boolean isChosen(EventId id) {
        return share > 0 && (Mix.of(CHOICE, id.text()) >>> 11) * 0x1.0p-53 < share;
    }
}
