package dev.sluice.delivery.lane;

/** A lane's answer to a delivery. All but {@code QUEUED} mean: park it, or drop it where the webhook is gone. */
public enum Offer {
    QUEUED,
    /** The lane holds all it may. */
    FULL,
    /** The circuit is open, or the endpoint asked to wait. */
    RESTING,
    /** Others of its key wait in Redis, or may. */
    BEHIND,
    PAUSED,
    /** This pod cannot read the webhook, or not all of it. */
    UNREADABLE,
    DISABLED,
    /** The webhook was deleted. */
    GONE
}
