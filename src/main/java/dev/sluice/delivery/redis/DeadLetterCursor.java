package dev.sluice.delivery.redis;

import dev.sluice.delivery.DeadLetter;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of dead letters ended.
 *
 * @param diedAt milliseconds since the epoch; finds the place again if the letter itself is gone
 */
record DeadLetterCursor(String webhookId, long diedAt, String id) {
    private static final char SEPARATOR = '~';

    static String after(DeadLetter letter) {
        return letter.webhookId() + SEPARATOR + letter.diedAt().toEpochMilli() + SEPARATOR + letter.id();
    }

    /** Null if it is none of ours. */
    static @Nullable DeadLetterCursor parse(String text) {
        int first = text.indexOf(SEPARATOR);
        int second = text.indexOf(SEPARATOR, first + 1);
        if (first < 1 || second < 0) {
            return null;
        }
        try {
            long diedAt = Long.parseLong(text, first + 1, second, 10);
            return new DeadLetterCursor(text.substring(0, first), diedAt, text.substring(second + 1));
        } catch (NumberFormatException garbled) {
            return null;
        }
    }
}
