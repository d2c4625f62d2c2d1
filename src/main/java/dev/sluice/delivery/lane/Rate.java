package dev.sluice.delivery.lane;

import dev.sluice.delivery.policy.TokenBucket;
import dev.sluice.delivery.policy.pace.PaceFinder;
import dev.sluice.delivery.policy.pace.SharedPace;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.time.Jitter;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How fast a lane may go: as fast as the webhook's own limit and the pace that its endpoint was found to take allow, of which
 * either may be missing. Both are counted in the same tokens, over all pods. Confined to its lane.
 */
final class Rate {
    private static final int LEAST_USEFUL = 16;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Jitter jitter;

    // confined state
    private PaceFinder finder = new PaceFinder();
    private @Nullable RateLimit own;
    /** What is in force. */
    private @Nullable RateLimit limit;

    /** Null: the rate is not limited. */
    private @Nullable TokenBucket tokens;

    Rate(Jitter jitter) {
        this.jitter = jitter;
    }

    void changed(@Nullable RateLimit latest, long now) {
        if (!Objects.equals(latest, own)) {
            own = latest;
            tokens = null;
            refresh(now);
        }
    }

    /** What was found is of another target. */
    void startOver(long now) {
        finder = new PaceFinder();
        refresh(now);
    }

    /** The pace may be another now. */
    void refresh(long now) {
        SharedPace pace = finder.pace(now);
        RateLimit next = pace == null ? own : slower(pace.perSecond(), pace.burst());
        if (next == null) {
            tokens = null;
        } else if (tokens == null) {
            tokens = new TokenBucket(next.limit(), next.period(), jitter);
        } else if (!next.equals(limit)) {
            tokens.pace(next.limit(), next.period(), now);
        }
        limit = next;
    }

    /** Such a pace, or the webhook's own limit, as it is, where that is slower. */
    RateLimit slower(double perSecond, double burst) {
        long spacing = (long) (NANOS_PER_SECOND / perSecond);
        if (own == null) {
            return new RateLimit(1, Duration.ofNanos(spacing), Math.max(1, (int) burst));
        }
        return own.period().toNanos() / own.limit() >= spacing
                ? own
                : new RateLimit(1, Duration.ofNanos(spacing), Math.max(1, Math.min((int) burst, own.burst())));
    }

    /** What is in force then is not the pace, and no refusal takes tokens of it. */
    boolean isOwn(RateLimit slower) {
        return slower.equals(own);
    }

    PaceFinder finder() {
        return finder;
    }

    @Nullable
    RateLimit limit() {
        return limit;
    }

    @Nullable
    TokenBucket tokens() {
        return tokens;
    }

    /** More than this would only wait: what a limited rate lets through in two seconds, and some. */
    int useful() {
        if (limit == null) {
            return Integer.MAX_VALUE;
        }
        double perSecond = limit.limit() * NANOS_PER_SECOND / limit.period().toNanos();
        return (int) Math.min(Integer.MAX_VALUE, LEAST_USEFUL + (long) (2 * perSecond) + limit.burst());
    }

    /** Until the rate lets the next attempt start: 0 now, {@link TokenBucket#NONE} if nobody knows yet. */
    long waitNanos(long now) {
        return tokens == null ? 0 : tokens.waitNanos(now);
    }

    void started(long now) {
        if (tokens != null) {
            tokens.take(now);
        }
    }
}
