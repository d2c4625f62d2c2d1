package dev.sluice.delivery.send;

import dev.sluice.event.Event;
import dev.sluice.subscription.Webhook;
import java.util.function.BooleanSupplier;

/**
 * One HTTP request of a delivery.
 *
 * @param number   1 for the first
 * @param mayGoOut asked when nothing is left to wait for but the wire, each time that it would go out
 */
public record Attempt(Event event, Webhook webhook, int number, BooleanSupplier mayGoOut) {
    /** One that nobody else may make meanwhile. */
    public Attempt(Event event, Webhook webhook, int number) {
        this(event, webhook, number, () -> true);
    }
}
