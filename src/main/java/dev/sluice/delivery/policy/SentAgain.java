package dev.sluice.delivery.policy;

import java.util.Locale;

/**
 * Why one attempt sent its request again, at once. That is no failure of the endpoint: no circuit, window or schedule
 * counts it.
 */
public enum SentAgain {
    /** The server had closed a kept connection, which broke before a byte of the answer came. */
    STALE,
    /** The server said, over HTTP/2, that it did nothing about it; or would not have it before it was written. */
    UNDONE,
    /** HTTP/2 broke before the request was on its way; it went out over HTTP/1.1. */
    DOWNGRADED;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
