package dev.sluice.delivery;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an attempt, or the end of a delivery without one, meant for the delivery. */
public enum Fate {
    /** The endpoint took it. */
    DELIVERED,
    /** It waits for its next attempt. */
    RETRYING,
    /** The endpoint said not yet; it waits, and that was no failure. */
    REFUSED,
    /** It became a dead letter. */
    DEAD,
    /** A later event of the same burst was sent in its place. */
    COALESCED,
    /** Its webhook was deleted. */
    CANCELLED;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As it is stored and shown. */
    public String text() {
        return text;
    }

    public static Optional<Fate> of(String text) {
        return Stream.of(values()).filter(fate -> fate.text.equals(text)).findFirst();
    }
}
