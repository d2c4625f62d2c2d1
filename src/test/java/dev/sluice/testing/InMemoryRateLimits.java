package dev.sluice.testing;

import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.RateLimits;
import dev.sluice.delivery.policy.Grant;
import dev.sluice.delivery.policy.TokenBucket;
import dev.sluice.delivery.policy.pace.FoundPace;
import dev.sluice.delivery.policy.pace.SharedPace;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.subscription.Pacing.RateLimit;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the contract of {@link RateLimits} without Redis, on manual time; answers at once. One thread. */
public final class InMemoryRateLimits implements RateLimits {
    private final ManualTicker clock;
    private final long horizon;
    /** When each bucket is full again, in microseconds since the clock started. */
    private final Map<LaneKey, Long> full = new HashMap<>();

    private final Map<LaneKey, Found> paces = new HashMap<>();

    private int calls;
    private boolean away;

    public InMemoryRateLimits(ManualTicker clock, Duration horizon) {
        this.clock = clock;
        this.horizon = horizon.toNanos() / 1000;
    }

    /** Every call fails until {@link #comeBack}. */
    public void goAway() {
        away = true;
    }

    public void comeBack() {
        away = false;
    }

    /** How often tokens were asked for, also in vain. */
    public int calls() {
        return calls;
    }

    @Override
    public Future<Grant> take(LaneKey lane, RateLimit limit, int wanted) {
        if (wanted < 1) {
            throw new IllegalArgumentException("wanted: %d (expected: > 0)".formatted(wanted));
        }
        calls++;
        return away
                ? Future.failedFuture(new RedisUnavailable("away"))
                : Future.succeededFuture(grant(lane, limit, wanted));
    }

    private Grant grant(LaneKey lane, RateLimit limit, int wanted) {
        long spacing = spacing(limit);
        long tolerance = limit.burst() * spacing;
        long reach = tolerance + horizon;
        long ahead = Math.min(reach, Math.max(0, full.getOrDefault(lane, now()) - now()));
        int granted = (int) Math.min(wanted, (reach - ahead) / spacing);
        int immediate = (int) Math.max(0, Math.min(granted, Math.floorDiv(tolerance - ahead, spacing)));
        long first = Math.max(0, ahead + (immediate + 1) * spacing - tolerance);
        long after = ahead + granted * spacing;
        long more = granted < wanted ? after + spacing - reach : 0;
        full.put(lane, now() + after);
        return new Grant(immediate, granted - immediate, micros(first), micros(more), now() + after);
    }

    @Override
    public Future<Optional<SharedPace>> pace(LaneKey lane, long taken) {
        calls++;
        if (away) {
            return Future.failedFuture(new RedisUnavailable("away"));
        }
        Found found = paces.get(lane);
        if (found != null && now() - found.mark >= FoundPace.KEPT.toNanos() / 1000) {
            paces.remove(lane);
        } else if (found != null) {
            found.taken += taken;
        }
        return Future.succeededFuture(Optional.ofNullable(paces.get(lane))
                .map(it -> new SharedPace(it.mark, it.pace, it.taken, micros(now() - it.since))));
    }

    @Override
    public Future<Optional<SharedPace>> slow(LaneKey lane, long mark, FoundPace pace, @Nullable RateLimit as) {
        Found known = paces.get(lane);
        if (!away && mark == (known == null ? 0 : known.mark)) {
            Found found = new Found();
            found.pace = pace;
            found.mark = Math.max(mark + 1, now());
            boolean lasts = known != null && known.taken == 0;
            boolean countsOn = known != null && (lasts || pace.isGuess());
            found.since = countsOn ? known.since : now();
            found.taken = countsOn ? known.taken : 0;
            if (!lasts && as != null) {
                full.put(lane, now() + as.burst() * spacing(as));
            }
            paces.put(lane, found);
        }
        return pace(lane, 0);
    }

    private static final class Found {
        FoundPace pace;
        long mark;
        long since;
        long taken;
    }

    @Override
    public void giveBack(LaneKey lane, RateLimit limit, TokenBucket.Surplus surplus) {
        if (!away) {
            full.computeIfPresent(
                    lane, (key, state) -> state == surplus.mark() ? state - surplus.tokens() * spacing(limit) : state);
        }
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    private static long spacing(RateLimit limit) {
        return (limit.period().toNanos() / 1000 + limit.limit() - 1) / limit.limit();
    }

    private long now() {
        return clock.passed().toNanos() / 1000;
    }
}
