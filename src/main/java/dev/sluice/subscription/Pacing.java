package dev.sluice.subscription;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * When, how fast and in which order a webhook's deliveries are sent.
 *
 * @param maxInFlight attempts under way at once on one pod, at most
 * @param rateLimit   over all pods; null: none
 * @param retry       null: the gateway's schedule
 * @param coalesce    null: each event is delivered
 */
public record Pacing(
        int maxInFlight,
        @Nullable RateLimit rateLimit,
        @Nullable Retry retry,
        Ordering ordering,
        @Nullable Coalesce coalesce) {

    /**
     * Attempts, over all pods.
     *
     * @param limit so many in each period, 1 or more
     * @param burst so many at once after a quiet time, 1 or more
     */
    public record RateLimit(int limit, Duration period, int burst) {
        public RateLimit {
            if (limit < 1 || burst < 1 || period.isNegative() || period.isZero()) {
                throw new IllegalArgumentException(
                        "rateLimit: %d in %s, burst %d (expected: all > 0)".formatted(limit, period, burst));
            }
        }
    }

    /** @param jitter share of each delay by which it may be shorter or longer, 0 to 1 */
    public record Retry(List<Duration> delays, double jitter) {
        public Retry {
            delays = List.copyOf(delays);
        }
    }

    public enum Ordering {
        /** As they come. */
        NONE,
        /** Events of one {@code partitionkey} in the order in which they were accepted. */
        KEY;

        /** As it is written in JSON. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Of a burst of events only the last is delivered.
     *
     * @param by    what belongs to one burst
     * @param quiet the burst is over when nothing came for so long
     * @param most  or so long after its first event
     */
    public record Coalesce(By by, Duration quiet, Duration most) {
        public enum By {
            /** Events of one {@code partitionkey}. */
            KEY,
            /** All events of the webhook. */
            WEBHOOK;

            /** As it is written in JSON. */
            public String text() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /** The burst that the event is part of; null: none. */
        public @Nullable String burst(Event event) {
            return by == By.WEBHOOK ? "" : event.attributes().get(Attributes.PARTITION_KEY);
        }
    }
}
