package dev.sluice.tail;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened.
 *
 * @param webhook the id of the one it is about; null for an event
 * @param type    of the event; null where it is not at hand
 * @param json    what listeners are shown
 */
public record TailLine(
        Kind kind,
        String tenant,
        @Nullable String webhook,
        @Nullable String type,
        String json) {

    public enum Kind {
        /** An event was accepted. */
        EVENT,
        /** An attempt was made, or a delivery ended without one. */
        ATTEMPT,
        /** The circuit of a webhook changed. */
        STATE,
        /** A pod left lines out. */
        MISSED;

        /** As listeners see it. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
