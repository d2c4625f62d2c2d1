package dev.sluice.delivery.policy;

import java.time.Duration;
import java.util.List;

/**
 * How long to wait after each failed attempt; after the last delay nothing follows.
 *
 * @param delays one for each attempt but the last, each positive; none: a single attempt
 * @param jitter share of a delay by which it may be shorter or longer, 0 to 1
 */
public record RetrySchedule(List<Duration> delays, double jitter) {
    public RetrySchedule {
        delays = List.copyOf(delays);
        for (Duration delay : delays) {
            require(!delay.isZero() && !delay.isNegative(), "delays: %s (expected: each > 0)", delays);
        }
        require(jitter >= 0 && jitter <= 1, "jitter: %s (expected: 0 to 1)", jitter);
    }

    /** Whether attempt {@code attempt} (1 for the first) was the last. */
    public boolean exhaustedBy(int attempt) {
        return attempt > delays.size();
    }

    /**
     * The wait after attempt {@code attempt} (1 for the first) failed.
     *
     * @param chance in [0, 1): 0 gives the shortest wait, 0.5 the plain delay
     */
    public Duration delay(int attempt, double chance) {
        require(attempt >= 1 && !exhaustedBy(attempt), "attempt: %d (expected: 1 to %d)", attempt, delays.size());
        Duration plain = delays.get(attempt - 1);
        return plain.plus(share(plain, jitter * (2 * chance - 1)));
    }

    /** The same wait or up to {@code jitter} longer, never shorter. */
    Duration noEarlierThan(Duration wait, double chance) {
        return wait.plus(share(wait, jitter * chance));
    }

    private static Duration share(Duration whole, double share) {
        return Duration.ofMillis((long) (whole.toMillis() * share));
    }

    private static void require(boolean holds, String message, Object... arguments) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(arguments));
        }
    }
}
