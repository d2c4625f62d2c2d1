package dev.sluice.delivery;

import dev.sluice.delivery.policy.Tries;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.subscription.Match;
import dev.sluice.subscription.Pacing.Ordering;
import dev.sluice.subscription.Webhook;
import org.jspecify.annotations.Nullable;

/**
 * One event for one webhook, in the hands of this pod.
 *
 * @param key      deliveries of one key reach the webhook in order; null: this one has no order
 * @param attempts how many were made so far, in the present run of the retry schedule
 * @param refused  to how many of them the endpoint said not yet: they are no failures
 * @param history  the failed attempts so far, one JSON object a line
 * @param isUnsure the webhook could not be read; whether it wants the event is to be looked at before it is sent
 */
public record Delivery(
        String id,
        Event event,
        String webhookId,
        @Nullable String key,
        int attempts,
        int refused,
        String history,
        Origin origin,
        boolean isUnsure) {
    static final String PREFIX = "dlv_";

    public Delivery(
            String id,
            Event event,
            String webhookId,
            @Nullable String key,
            int attempts,
            String history,
            Origin origin) {
        this(id, event, webhookId, key, attempts, 0, history, origin, false);
    }

    /** Who has to know when this pod is done with it. */
    public sealed interface Origin {
        /**
         * The fan-out that placed it, and its ticket.
         *
         * @param epoch of the reader that reads its partition in order; 0: it has no order
         */
        record Journaled(int fanout, long ticket, long epoch) implements Origin {}

        /**
         * Redis, where it is parked under a lease; the number of attempts made fences off other holders.
         *
         * @param place    where it waits if it goes back untried
         * @param leasedAt when the lease was asked for, in nanoseconds of the lanes' clock
         * @param epoch    of the life of this pod in which it was claimed or kept; 0: in nobody's lane
         * @param read     of what was kept: the epoch in which it was read, 0: none; Redis may have it only while both go on
         */
        record Parked(long place, long leasedAt, long epoch, long read) implements Origin {
            /** In nobody's lane. */
            public Parked(long place) {
                this(place, 0, 0, 0);
            }
        }

        /** Somebody who asked for it, and is told nothing more. */
        record Asked() implements Origin {}
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

    /** The event that a delivery's id names, or null if it is no such id. */
    public static @Nullable String eventOf(String deliveryId) {
        return webhookOf(deliveryId) == null
                ? null
                : EventId.PREFIX + deliveryId.substring(PREFIX.length(), deliveryId.lastIndexOf('_'));
    }

    public static Delivery journaled(Match match, int fanout, Webhook webhook) {
        Event event = match.event();
        Origin origin = new Origin.Journaled(fanout, match.ticket(), match.epoch());
        Webhook.Unreadable unreadable = webhook.unreadable();
        boolean isUnsure = unreadable != null && !unreadable.isSubscriptionKnown();
        String id = id(event.id(), webhook.id());
        return new Delivery(id, event, webhook.id(), key(event, webhook), 0, 0, "", origin, isUnsure);
    }

    /** Of a past event that the webhook shall get again, as if it had never got it; in nobody's hands. */
    public static Delivery replayed(Event event, Webhook webhook) {
        String id = id(event.id(), webhook.id());
        return new Delivery(id, event, webhook.id(), key(event, webhook), 0, "", new Origin.Parked(0));
    }

    /** @param askedAt and {@code epoch}: of {@link Origin.Parked} */
    public static Delivery claimed(Parking.Claimed claimed, Webhook webhook, long askedAt, long epoch) {
        Event event = claimed.event();
        return new Delivery(
                claimed.id(),
                event,
                webhook.id(),
                key(event, webhook),
                claimed.attempts(),
                claimed.refused(),
                claimed.history(),
                new Origin.Parked(claimed.place(), askedAt, epoch, 0),
                false);
    }

    /** To be parked, as if nobody had tried it yet. */
    public static Delivery asked(Event event, Webhook webhook) {
        String id = id(event.id(), webhook.id());
        return new Delivery(id, event, webhook.id(), key(event, webhook), 0, "", new Origin.Asked());
    }

    private static @Nullable String key(Event event, Webhook webhook) {
        return webhook.pacing().ordering() == Ordering.KEY ? event.attributes().get(Attributes.PARTITION_KEY) : null;
    }

    /** With one more failed attempt. */
    public Delivery tried(String attempt) {
        return new Delivery(id, event, webhookId, key, attempts + 1, refused, history + attempt + "\n", origin, false);
    }

    /** With one more attempt, to which the endpoint said not yet. */
    public Delivery refused(String latestHistory) {
        return new Delivery(id, event, webhookId, key, attempts + 1, refused + 1, latestHistory, origin, false);
    }

    public Tries tries() {
        return new Tries(attempts, refused);
    }

    /**
     * As it is once Redis has it under a lease of this pod, while it is under way.
     *
     * @param life the epoch of this pod's life
     */
    public Delivery kept(long life) {
        Origin kept = new Origin.Parked(0, 0, life, epoch());
        return new Delivery(id, event, webhookId, key, attempts, refused, history, kept, isUnsure);
    }

    /** See {@link Parking#bytes}. */
    public long bytes() {
        return Parking.bytes(event);
    }

    /** The time in which this pod alone may act on it; 0: always, or as long as its lease is. */
    public long epoch() {
        if (origin instanceof Origin.Journaled journaled) {
            return journaled.epoch();
        }
        return origin instanceof Origin.Parked parked ? parked.epoch() : 0;
    }

    /** Whether that time is over, so that others may be at it. */
    public boolean isLost(Tenure tenure) {
        long read = origin instanceof Origin.Parked parked ? parked.read() : 0;
        return isOver(epoch(), tenure) || isOver(read, tenure);
    }

    private static boolean isOver(long epoch, Tenure tenure) {
        return epoch != 0 && !tenure.owns(epoch);
    }

    /** A person wants it to be tried now. */
    public boolean isAsked() {
        return origin instanceof Origin.Parked parked && parked.place() < 0;
    }

    public boolean isParked() {
        return origin instanceof Origin.Parked;
    }
}
