package dev.sluice.delivery;

import dev.sluice.event.Event;
import dev.sluice.event.EventId;

/**
 * One event for one webhook, in the hands of this pod.
 *
 * @param attempts how many were made so far, in the present run of the retry schedule
 * @param history  the failed attempts so far, one JSON object a line
 */
public record Delivery(String id, Event event, String webhookId, int attempts, String history, Origin origin) {
    static final String PREFIX = "dlv_";

    /** Who has to know when this pod is done with it. */
    public sealed interface Origin {
        /** The fan-out that placed it, and its ticket. */
        record Journaled(int fanout, long ticket) implements Origin {}

        /** Redis, where it is parked under a lease; the number of attempts made fences off other holders. */
        record Parked() implements Origin {}
    }

    /** The same event for the same webhook is the same delivery, whoever fans it out, and how often. */
    public static String id(EventId event, String webhookId) {
        return PREFIX + event.text().substring(EventId.PREFIX.length()) + "_"
                + webhookId.substring(webhookId.indexOf('_') + 1);
    }

    static Delivery journaled(Event event, String webhookId, int fanout, long ticket) {
        return new Delivery(id(event.id(), webhookId), event, webhookId, 0, "", new Origin.Journaled(fanout, ticket));
    }

    public boolean isParked() {
        return origin instanceof Origin.Parked;
    }
}
