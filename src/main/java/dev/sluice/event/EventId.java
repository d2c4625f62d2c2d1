package dev.sluice.event;

/**
 * The gateway's own id of an accepted event, {@code evt_} and letters or digits. It is the {@code webhook-id} of every
 * attempt of every delivery of the event, so it holds no {@code .} (Standard Webhooks 1.0.0, "Signature scheme").
 */
public record EventId(String text) {
    public static final String PREFIX = "evt_";

    public EventId {
        if (!text.startsWith(PREFIX) || text.length() == PREFIX.length() || text.indexOf('.') >= 0) {
            throw new IllegalArgumentException("event id: %s (expected: evt_ and letters or digits)".formatted(text));
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
