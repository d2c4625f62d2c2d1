package dev.sluice.delivery.policy;

import dev.sluice.time.Jitter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * Turns the answer to an attempt into a verdict. Knows no state: the same answer gets the same verdict.
 *
 * <p>429, and 503 with {@code Retry-After}, are no failures: not yet. Such a delivery keeps its place in the schedule and is
 * due when the endpoint says. {@value #MOST_REFUSED} times; from then on it counts as any failure does, so that the schedule
 * ends what is refused for ever. Its age is bounded as that of all that waits, by {@code delivery.parking.maxAge}.
 *
 * <p>{@code Retry-After} counts with the answers that ask for patience (429, 502, 503, 504). It is the earliest next
 * attempt: the schedule may wait longer but never shorter, the result is rounded up to milliseconds, and jitter is only
 * added to it. Beyond {@code maxRetryAfter} it is cut, so that an endpoint cannot park deliveries for ever.
 */
public final class RetryRule {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** An endpoint that takes a hundredth of what it is asked, by a fixed limit, has taken each delivery long before. */
    static final int MOST_REFUSED = 100;

    /** What an endpoint does that has no room for another connection or request. */
    private static final Set<Answer.Kind> OVERLOADED =
            EnumSet.of(Answer.Kind.CONNECT, Answer.Kind.TIMEOUT, Answer.Kind.BROKEN);

    /** It is about this event, or about Sluice. */
    private static final Set<Answer.Kind> UNSENT = EnumSet.of(Answer.Kind.TRANSFORM, Answer.Kind.INTERNAL);

    private static final Set<Integer> PATIENCE = Set.of(429, 502, 503, 504);

    private final Duration maxRetryAfter;

    public RetryRule(Duration maxRetryAfter) {
        this.maxRetryAfter = maxRetryAfter;
    }

    /**
     * @param before the attempts before this one
     * @param now    when the answer came
     */
    public Verdict judge(Answer answer, Tries before, RetrySchedule schedule, Instant now, Jitter jitter) {
        if (answer instanceof Answer.Status status) {
            if (isDelivered(status.code())) {
                return Verdict.Delivered.INSTANCE;
            }
            if (status.code() == 410) {
                return new Verdict.Dead("gone: the endpoint answered 410", true, false, Duration.ZERO);
            }
        }
        boolean slows = asksForPatience(answer);
        Duration asked = slows ? asked(answer, now) : Duration.ZERO;
        if (isNotYet(answer) && before.refused() < MOST_REFUSED) {
            return new Verdict.NotYet(asked);
        }
        int failure = before.failed() + 1;
        if (schedule.exhaustedBy(failure)) {
            return new Verdict.Dead(exhausted(before), false, slows, asked);
        }
        return new Verdict.Retry(delay(failure, schedule, asked, jitter.next()), slows, asked);
    }

    private static String exhausted(Tries before) {
        String last = "exhausted: attempt %d was the last".formatted(before.made() + 1);
        return before.refused() == 0
                ? last
                : last
                        + "; to %d of them the endpoint said not yet (429, or 503 with Retry-After)"
                                .formatted(before.refused());
    }

    private static Duration delay(int failure, RetrySchedule schedule, Duration asked, double chance) {
        Duration scheduled = roundUp(schedule.delay(failure, chance));
        if (asked.isZero()) {
            return scheduled;
        }
        Duration earliest = roundUp(schedule.noEarlierThan(asked, chance));
        return scheduled.compareTo(earliest) >= 0 ? scheduled : earliest;
    }

    /** Zero if the endpoint did not say. */
    private Duration asked(Answer answer, Instant now) {
        String header = answer instanceof Answer.Status status ? status.retryAfter() : null;
        Duration asked = RetryAfter.parse(header, now);
        if (asked == null) {
            return Duration.ZERO;
        }
        return roundUp(asked.compareTo(maxRetryAfter) <= 0 ? asked : maxRetryAfter);
    }

    /**
     * What this answer says of the endpoint's health. Where the request could not be made nothing: the endpoint was not
     * asked. Nor was it where there is no token for it, but then no delivery has a chance, and they had better wait
     * together.
     */
    public static Health health(Answer answer) {
        if (answer instanceof Answer.Failure failure) {
            return UNSENT.contains(failure.kind()) ? Health.UNKNOWN : Health.UNWELL;
        }
        boolean isWell = answer instanceof Answer.Status status && (isDelivered(status.code()) || status.code() == 429);
        return isWell ? Health.WELL : Health.UNWELL;
    }

    /**
     * Whether this answer says that the endpoint is asked too much at once, for its {@link Window}. Not yet says that it is
     * asked too often.
     */
    public static boolean isOverloaded(Answer answer) {
        if (answer instanceof Answer.Status) {
            return asksForPatience(answer) && !isNotYet(answer);
        }
        return answer instanceof Answer.Failure failure && OVERLOADED.contains(failure.kind());
    }

    /** Whether the endpoint lives and is not ready for it: what it refuses so is not failed. */
    public static boolean isNotYet(Answer answer) {
        return answer instanceof Answer.Status status
                && (status.code() == 429 || (status.code() == 503 && RetryAfter.isSaid(status.retryAfter())));
    }

    /** Whether the endpoint took it. */
    public static boolean isDelivered(Answer answer) {
        return answer instanceof Answer.Status status && isDelivered(status.code());
    }

    private static boolean isDelivered(int code) {
        return code >= 200 && code < 300;
    }

    private static boolean asksForPatience(Answer answer) {
        return answer instanceof Answer.Status status && PATIENCE.contains(status.code());
    }

    private static Duration roundUp(Duration wait) {
        long over = wait.toNanosPart() % NANOS_PER_MILLI;
        return over == 0 ? wait : wait.plusNanos(NANOS_PER_MILLI - over);
    }
}
