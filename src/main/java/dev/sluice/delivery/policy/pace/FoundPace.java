package dev.sluice.delivery.policy.pace;

import dev.sluice.delivery.policy.RetryRule;
import java.time.Duration;
import java.util.Optional;

/**
 * What an endpoint takes, as far as its refusals ({@link RetryRule#isNotYet}) tell: a bucket of tokens that was empty when it
 * refused. A value; who keeps it counts what was taken since then, and how long ago that was.
 *
 * <h2>How it works</h2>
 *
 * <p>Between two refusals a limit that was never idle gave out what it brings forth in that time. So what was taken between
 * them, the rest that was asked for included, is its rate, whether it is a bucket that fills all the time or a count that
 * begins anew with each minute. What it took at once before it refused first is how much it saves up; and it saves up while
 * it rests, so a rest costs nothing that it would have taken.
 *
 * <p>The pace begins just below that, and rises: a twentieth of a limit that does not change is refused at most, and a limit
 * that became ten times as high is found within minutes. It rises by what was taken and by time, whichever is slower, since a
 * refusal costs a rest, and there shall be few of them for what is taken and few for the time that they take. First by
 * little, since mostly the limit is where it was; then, if it is not, ever faster (TCP CUBIC does so).
 *
 * <p>At the first refusal no other is there to count from. What was taken shortly before, in that time or in the rest that is
 * asked for if that is longer, is a guess: it doubles every few seconds, until the next refusal measures.
 *
 * <p>A refusal that comes although the pace did not rise, and long after the one before, says little of the limit if there
 * was not enough to send; nor does one after which few were taken: then the pace falls by half at most. One that comes while
 * what was saved up is sent says that less was saved up, and nothing of the pace.
 *
 * <p>Some refuse by chance, or for what an event is, and lowering the pace changes nothing. So it falls no lower than one in
 * each rest: who says again in a second takes one a second. What is refused then all the same makes the rest longer.
 *
 * <h2>Why not</h2>
 *
 * <p>Why not the window of attempts alone: it limits how much is under way, and an endpoint that answers within a
 * millisecond takes thousands a second through a window of one. Why not believe {@code Retry-After}: it says when there is
 * something again, not how much. Why not the headers {@code RateLimit}: few send them, in four dialects, and mostly of a
 * limit that is not the one that refuses.
 *
 * @param perSecond just after the refusal
 * @param burst     what the endpoint saves up, 1 or more
 * @param rest      how long it was left alone then, until it took one again
 * @param isGuess   no two refusals measured it; what is taken is counted on from the first, until it is enough
 */
public record FoundPace(double perSecond, double burst, Duration rest, boolean isGuess) {
    /** So long after the last refusal the pace is forgotten. */
    public static final Duration KEPT = Duration.ofMinutes(15);

    private static final double SLOWEST = 1 / 60.0;
    private static final double FASTEST = 10_000;
    private static final double BELOW = 0.97;
    /** A pace that has risen by so much fell below the limit by this at most. */
    private static final double FALL = 0.7;

    /** One that saves up so little refuses at once what comes too fast: its limit is near to where the pace is. */
    private static final double LITTLE = 2;

    private static final double JUST_BELOW = 0.88;

    /** Fewer that were taken measure nothing. */
    private static final long FEW = 10;

    /** It saves up no more than so many times what it was seen to. */
    private static final double MOST_SAVED_UP = 1.5;

    private static final double TAKEN_PER_STEP = 50;
    private static final double RESTS_PER_STEP = 10;
    private static final double SECONDS_PER_STEP = 600;
    private static final double RESTS_PER_DOUBLING = 2;

    public FoundPace {
        perSecond = clamp(perSecond, SLOWEST, FASTEST);
        burst = clamp(burst, 1, FASTEST);
    }

    /**
     * At the first refusal.
     *
     * @param taken within {@code span} before it; of none nothing follows
     */
    public static Optional<FoundPace> guess(long taken, Duration span, Duration rest) {
        double perSecond = taken / Math.max(seconds(span), seconds(rest));
        double burst = taken - perSecond * seconds(span);
        return taken == 0 ? Optional.empty() : Optional.of(new FoundPace(perSecond, burst, rest, true));
    }

    /**
     * At another refusal. If nothing was taken since the one before, that lasts: it is the same pace after a longer rest.
     *
     * @param taken since then
     * @param age   how long that was ago
     */
    public FoundPace refused(long taken, Duration age, Duration asked) {
        if (taken == 0) {
            return new FoundPace(perSecond, burst, age.plus(asked), isGuess);
        }
        double present = perSecond * risen(taken, age);
        double saved = burst(taken, age);
        boolean isWithinBurst = taken <= saved;
        boolean isMeasured = taken >= FEW;
        double measured = isMeasured ? taken / Math.max(counted(age), 0.001) * BELOW : 0;
        double least = isWithinBurst && !isGuess ? present * BELOW : least(present, isMeasured);
        double found = Math.min(present * BELOW, Math.max(measured, least));
        double next = Math.max(found, Math.min(present, 1 / Math.max(1, seconds(asked))));
        boolean isStillGuess = isGuess && !isMeasured;
        return new FoundPace(
                next,
                isWithinBurst ? taken : saved * next / present,
                isStillGuess ? age.plus(asked) : asked,
                isStillGuess);
    }

    /** A rest counts as far as the endpoint saves up meanwhile; of a guess nobody knows. */
    private double counted(Duration age) {
        double wasted = isGuess ? 0 : Math.max(0, seconds(rest) - burst / perSecond);
        return seconds(age) - wasted;
    }

    private double least(double present, boolean isMeasured) {
        if (present * FALL >= perSecond) {
            return present * FALL;
        }
        if (isGuess && isMeasured) {
            return 0;
        }
        return burst < LITTLE && !isGuess ? present * JUST_BELOW : perSecond / 2;
    }

    /** As of {@link #refused}. */
    public double perSecond(long taken, Duration age) {
        return Math.min(FASTEST, perSecond * risen(taken, age));
    }

    /** What may be sent at once after a quiet time. */
    public double burst(long taken, Duration age) {
        return isGuess ? burst : Math.min(FASTEST, burst * Math.min(MOST_SAVED_UP, risen(taken, age)));
    }

    private double risen(long taken, Duration age) {
        double unit = clamp(seconds(rest), 1, 3);
        double after = Math.max(0, seconds(age) - seconds(rest));
        if (isGuess) {
            return Math.pow(2, Math.min(20, after / (RESTS_PER_DOUBLING * unit)));
        }
        double used = Math.min(taken / TAKEN_PER_STEP, after / (RESTS_PER_STEP * unit));
        double steps = Math.max(used, after / SECONDS_PER_STEP);
        return 1 + steps / 10 + Math.pow(steps / 3, 3);
    }

    private static double seconds(Duration span) {
        return span.toNanos() / 1e9;
    }

    private static double clamp(double value, double least, double most) {
        return Math.max(least, Math.min(most, value));
    }
}
