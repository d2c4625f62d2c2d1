package dev.sluice.delivery.history;

import java.util.Locale;

/** Where a delivery is, as far as anybody can tell. */
public enum DeliveryState {
    /** On its way to its first attempt. */
    PENDING,
    /** Parked; or a pod that took it up tries it just now. */
    WAITING,
    DEAD,
    DELIVERED,
    /** A later event of the same burst was sent in its place. */
    COALESCED,
    /** Its webhook was deleted. */
    CANCELLED,
    /** It failed, and then its parked or dead copy was deleted. */
    GONE;

    /** As it is shown. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
