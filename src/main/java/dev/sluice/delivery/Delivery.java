package dev.sluice.delivery;

import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import org.jspecify.annotations.Nullable;

/**
 * One event for one webhook, in the hands of this pod.
 *
 * @param key      deliveries of one key reach the webhook in order; null: this one has no order
 * @param attempts how many were made so far, in the present run of the retry schedule
 * @param history  the failed attempts so far, one JSON object a line
 */
public record Delivery(
        String id, Event event, String webhookId, @Nullable String key, int attempts, String history, Origin origin) {
    static final String PREFIX = "dlv_";

    /** Who has to know when this pod is done with it. */
    public sealed interface Origin {
        /** The fan-out that placed it, and its ticket. */
        record Journaled(int fanout, long ticket) implements Origin {}

        /**
         * Redis, where it is parked under a lease; the number of attempts made fences off other holders.
         *
         * @param place where it waits if it goes back untried
         */
        record Parked(long place) implements Origin {}
    }

    /** The same event for the same webhook is the same delivery, whoever fans it out, and how often. */
    public static String id(EventId event, String webhookId) {
        return PREFIX + event.text().substring(EventId.PREFIX.length()) + "_"
                + webhookId.substring(webhookId.indexOf('_') + 1);
    }

    /** The webhook that a delivery's id names, or null if it is no such id. */
    public static @Nullable String webhookOf(String deliveryId) {
        int separator = deliveryId.lastIndexOf('_');
        return deliveryId.startsWith(PREFIX) && separator > PREFIX.length()
                ? "wh_" + deliveryId.substring(separator + 1)
                : null;
    }

    static Delivery journaled(Event event, String webhookId, int fanout, long ticket) {
        return new Delivery(
                id(event.id(), webhookId), event, webhookId, null, 0, "", new Origin.Journaled(fanout, ticket));
    }

    public boolean isParked() {
        return origin instanceof Origin.Parked;
    }
}
