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
 * <p>Some are refused for what they are. So from the second round in a row another finds out, the youngest, and what was
 * refused waits behind for as many rests as it was refused before, four at most. One that was refused twice before, and is
 * again while others are taken, waits alone, and says nothing of the endpoint. Only one such after each that is taken, so
 * that a limit that refuses what it refused before is still heard.
 *
 * <p>To the circuit an endpoint that refuses is well: it answers, and it is not asked more than it can take. But 503 is what
 * one says, too, that is down: so 503 tells nothing for a minute, and from then on that it is not well, if it took nothing
 * meanwhile. It counts beside failures then; alone it opens no circuit, being one in most of a minute.
 */
public final class Patience {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final double LONGER = 1.5;
    /** What is refused again and again stands behind others for so many rests at most, and no longer than that in all. */
    private static final int MOST_BEHIND = 4;

    private static final Duration LONGEST_BEHIND = Duration.ofMinutes(2);
    /** Refused so often before, a delivery may be what is refused, and not the pace. */
    private static final int SUSPECT = 2;

    private static final long DOUBT_AFTER = Duration.ofMinutes(1).toNanos();

    // confined state
    /** So many rests in a row after which it was not ready. */
    private int rounds;
    /** When it began to refuse, and when the last round of that began. */
    private long since;

    private long roundAt;
    private boolean began;
    private boolean isNews;
    private boolean isOwn;
    /** Since the last refusal. */
    private boolean tookOne;

    /** Attempts that may be under way: one while nobody knows whether it is ready. */
    public int allowance() {
        return rounds == 0 ? Integer.MAX_VALUE : 1;
    }

    /** It was not ready when the last rest was over: what was refused then should not be what finds out. */
    public boolean isRefusedAgain() {
        return rounds > 1;
    }

    /** It took one: it is ready, unless it refused another since that started. */
    public void taken(long startedAt) {
        if (isSince(startedAt)) {
            rounds = 0;
            tookOne = true;
        }
    }

    /** @param before how often it had refused the same delivery */
    public void refused(int before, long startedAt, long now) {
        isOwn = before >= SUSPECT && rounds == 0 && tookOne && isSince(startedAt);
        tookOne = false;
        isNews = !isOwn && isSince(startedAt);
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

    /** Whether the last refusal says something of that delivery only: it was refused before, and others are taken. */
    public boolean isOwn() {
        return isOwn;
    }

    /** How long to leave it alone from when the present round began. */
    public Duration rest(Duration asked) {
        return rest(asked, rounds);
    }

    /** How long a delivery waits that was refused alone. */
    public Duration restAlone(Duration asked, int before) {
        return rest(asked, before + 1);
    }

    /** How much longer than the rest the refused delivery waits, so that another finds out. */
    public Duration behind(Duration rest, int before) {
        Duration behind = isRefusedAgain() ? rest.multipliedBy(Math.min(before, MOST_BEHIND)) : Duration.ZERO;
        return behind.compareTo(LONGEST_BEHIND) < 0 ? behind : LONGEST_BEHIND;
    }

    private static Duration rest(Duration asked, int times) {
        double seconds = SHORTEST.toSeconds() * Math.pow(LONGER, Math.max(0, Math.min(times - 1, 20)));
        Duration longer = Duration.ofMillis((long) (seconds * 1000));
        Duration found = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
        boolean isFound = asked.isZero() || (times > 1 && found.compareTo(asked) > 0);
        return isFound ? found : asked;
    }

    /** What a refusal tells the circuit. */
    public Health health(Answer refusal, long now) {
        boolean isBusy = refusal instanceof Answer.Status status && status.code() == 429;
        if (isBusy) {
            return Health.WELL;
        }
        return isOwn || now - since < DOUBT_AFTER ? Health.UNKNOWN : Health.UNWELL;
    }
}
