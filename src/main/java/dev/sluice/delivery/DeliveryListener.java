package dev.sluice.delivery;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.event.Event;

/**
 * Told what became of deliveries: {@code placed + claimed = delivered + parked + died + cancelled + forgotten}, but for
 * those that lanes hold. A claimed one is a parked one that is placed again.
 */
public interface DeliveryListener {
    DeliveryListener NONE = new DeliveryListener() {};

    enum ParkReason {
        /** To be tried again. */
        RETRY,
        /** The endpoint said not yet. */
        REFUSED,
        /** The lane is full. */
        FULL,
        /** The circuit is open, or the endpoint asked to wait. */
        RESTING,
        /** Others of its key wait in Redis, or may. */
        BEHIND,
        /** It waits for the end of its burst. */
        COALESCE,
        PAUSED,
        /** The webhook cannot be read. */
        UNREADABLE,
        /** The webhook is disabled. */
        DISABLED,
        /** The pod ends. */
        DRAIN
    }

    default void placed() {}

    /**
     * An event came from the journal to the lanes of one loop: what it waits from now on, it waits for endpoints.
     */
    default void arrived(Event event) {}

    default void claimed() {}

    /** Parked ones that a dead pod had in hand are due again, for any pod. */
    default void inherited(int deliveries) {}

    /**
     * The first attempt begins.
     *
     * @param waited in Redis, and did not come straight from the journal
     */
    default void firstTried(Event event, boolean waited) {}

    /** One HTTP request, whatever came of it. */
    default void attempted(Event event, Answer answer) {}

    default void delivered(Event event) {}

    /** An attempt to which the endpoint said not yet; {@link #parked} follows. */
    default void refused(int status) {}

    default void parked(ParkReason reason) {}

    default void died() {}

    /** Its webhook was deleted. */
    default void cancelled() {}

    /** Superseded by a later one of their burst: they were parked before. */
    default void coalesced(int deliveries) {}

    /** Too much waited, or too long: parked ones, and ones that were to be parked, that became dead letters. */
    default void overflowed(int deliveries) {}

    /** Another reader has their partition now, or their lease may be over: they are placed again, here or elsewhere. */
    default void forgotten(int deliveries) {}

    /** @param change signed: lanes of this pod, and attempts under way */
    default void lanes(int change) {}

    /** @param change signed: of those, the ones that the pace limits which their endpoint was found to take */
    default void paced(int change) {}

    default void inFlight(int change) {}

    /** @param change signed: lanes whose circuit is in this state; over all states as many as there are lanes */
    default void circuits(Circuit.State state, int change) {}

    /** Redis answered to a lane of a limited webhook how many of the tokens that it wanted it may use: 0 to all. */
    default void tokensGranted(int wanted, int granted) {}

    /** A lane of a limited webhook got no answer when it wanted tokens. */
    default void tokensUnknown() {}
}
