package dev.sluice.delivery.policy.pace;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Health;
import dev.sluice.delivery.policy.RetryRule;
import java.time.Duration;

/**
 * How long an endpoint that says not yet ({@link RetryRule#isNotYet}) is left alone by a lane, and what is asked of it then.
 * Confined to one lane; not thread-safe. Times are monotonic nanoseconds.
 *
 * <p>As long as it says, the first time to the millisecond. If it says nothing, or says not yet again when the time has come
 * that it named itself, so long as it was not ready before and half as long again: from a second to a minute. After each rest a
 * single attempt finds out, since what is refused for a reason that lasts is refused for all. What was under way when it
 * began to refuse is refused for the same reason, and counts once.
 *
 * <p>To the circuit an endpoint that refuses is well: it answers, and it is not asked more than it can take. But 503 is what
 * one says, too, that is down: so 503 tells nothing for a minute, and from then on that it is not well, if it took nothing
 * meanwhile. Then the circuit probes it, and the operator sees it.
 */
public final class Patience {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final double LONGER = 1.5;
    private static final long DOUBT_AFTER = Duration.ofMinutes(1).toNanos();

    // confined state
    /** So many rests in a row after which it was not ready. */
    private int rounds;
    /** When it began to refuse, and when the last round of that began. */
    private long since;

    private long roundAt;
    private boolean began;
    private boolean isNews;

    /** Attempts that may be under way: one while nobody knows whether it is ready. */
    public int allowance() {
        return rounds == 0 ? Integer.MAX_VALUE : 1;
    }

    /** It took one: it is ready, unless it refused another since that started. */
    public void taken(long startedAt) {
        if (isSince(startedAt)) {
            rounds = 0;
        }
    }

    public void refused(long startedAt, long now) {
        isNews = isSince(startedAt);
        if (isNews) {
            since = rounds == 0 ? now : since;
            rounds++;
            roundAt = now;
            began = true;
        }
    }

    private boolean isSince(long startedAt) {
        return !began || startedAt - roundAt >= 0;
    }

    /** Whether the last refusal is not of what was under way together with another that was refused. */
    public boolean isNews() {
        return isNews;
    }

    /** How long to leave it alone from when the present round began. */
    public Duration rest(Duration asked) {
        double seconds = SHORTEST.toSeconds() * Math.pow(LONGER, Math.max(0, Math.min(rounds - 1, 20)));
        Duration longer = Duration.ofMillis((long) (seconds * 1000));
        Duration own = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
        boolean isOwn = asked.isZero() || (rounds > 1 && own.compareTo(asked) > 0);
        return isOwn ? own : asked;
    }

    /** What a refusal tells the circuit. */
    public Health health(Answer refusal, long now) {
        boolean isBusy = refusal instanceof Answer.Status status && status.code() == 429;
        if (isBusy) {
            return Health.WELL;
        }
        return now - since < DOUBT_AFTER ? Health.UNKNOWN : Health.UNWELL;
    }
}
