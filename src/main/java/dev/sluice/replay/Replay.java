package dev.sluice.replay;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A time range of past events that a webhook gets again.
 *
 * @param id      {@code rpl_…}
 * @param endedAt null while it runs
 * @param detail  for a person: why it waits or ended as it did; empty: nothing to say
 */
public record Replay(
        String id,
        Order order,
        State state,
        Tally tally,
        Instant startedAt,
        @Nullable Instant endedAt,
        String detail) {
    public static final String PREFIX = "rpl_";

    /**
     * What was asked for.
     *
     * @param since      accepted then or later
     * @param until      accepted before then
     * @param eventTypes patterns as of a webhook; empty: every type that the webhook wants
     * @param deadOnly   only what is a dead letter
     */
    public record Order(
            String webhookId, String tenant, Instant since, Instant until, List<String> eventTypes, boolean deadOnly) {
        public Order {
            eventTypes = List.copyOf(eventTypes);
        }
    }

    public enum State {
        /** Somebody works on it, or will; ends as one of the others. */
        RUNNING,
        /** All of the range was read, and what matched waits for its delivery or was delivered. */
        DONE,
        /** Somebody did not want it any more, or the webhook was deleted. */
        CANCELLED,
        /** It cannot go on. */
        FAILED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * How far it is.
     *
     * @param progress share of the way, 0 to 1
     * @param read     events that were looked at, of all tenants
     * @param matched  those that the webhook was to get
     * @param queued   deliveries of them that began to wait
     */
    public record Tally(double progress, long read, long matched, long queued) {
        public static final Tally NONE = new Tally(0, 0, 0, 0);
    }
}
