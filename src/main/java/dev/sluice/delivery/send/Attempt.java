package dev.sluice.delivery.send;

import dev.sluice.event.Event;
import dev.sluice.subscription.Webhook;

/**
 * One HTTP request of a delivery.
 *
 * @param number 1 for the first
 */
public record Attempt(Event event, Webhook webhook, int number) {}
