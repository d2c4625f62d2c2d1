package dev.sluice.event;

/**
 * The gateway's own id of an accepted event, {@code evt_} and letters or digits. It is the {@code webhook-id} of every
 * attempt of every delivery of the event, so it holds no {@code .} (Standard Webhooks 1.0.0, "Signature scheme").
 */
public record EventId(String text) {
    public static final String PREFIX = "evt_";
    /** Of the ids that the journal makes, which may be kept elsewhere too. */
    private static final int LENGTH = 27;

    private static final int MILLIS = 10;
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

    public EventId {
        if (!text.startsWith(PREFIX) || text.length() == PREFIX.length() || text.indexOf('.') >= 0) {
            throw new IllegalArgumentException("event id: %s (expected: evt_ and letters or digits)".formatted(text));
        }
    }

    /** When the event was accepted, in ms by the clock of Redis, with which an id of this gateway begins; -1: not known. */
    public long acceptedMillis() {
        if (text.length() != LENGTH) {
            return -1;
        }
        long millis = 0;
        for (int i = PREFIX.length(); i < PREFIX.length() + MILLIS; i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            if (digit < 0) {
                return -1;
            }
            millis = millis << 5 | digit;
        }
        return millis;
    }

    @Override
    public String toString() {
        return text;
    }
}
