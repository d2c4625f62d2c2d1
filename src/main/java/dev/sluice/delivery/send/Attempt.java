package dev.sluice.delivery.send;

import dev.sluice.event.Event;
import dev.sluice.event.TraceContext;
import dev.sluice.subscription.Webhook;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request of a delivery.
 *
 * @param number   1 for the first
 * @param mayGoOut asked when nothing is left to wait for but the wire, each time that it would go out
 * @param trace    the span that this is, as the endpoint is told; null: what the event says of a trace is passed on
 */
public record Attempt(
        Event event,
        Webhook webhook,
        int number,
        BooleanSupplier mayGoOut,
        @Nullable TraceContext trace) {
    public Attempt(Event event, Webhook webhook, int number, BooleanSupplier mayGoOut) {
        this(event, webhook, number, mayGoOut, null);
    }

    /** One that nobody else may make meanwhile. */
    public Attempt(Event event, Webhook webhook, int number) {
        this(event, webhook, number, () -> true);
    }

    public Attempt in(TraceContext span) {
        return new Attempt(event, webhook, number, mayGoOut, span);
    }

    Attempt with(Event dressed) {
        return new Attempt(dressed, webhook, number, mayGoOut, trace);
    }
}
