package dev.sluice.delivery;

import dev.sluice.delivery.policy.Grant;
import dev.sluice.delivery.policy.TokenBucket;
import dev.sluice.delivery.policy.pace.FoundPace;
import dev.sluice.delivery.policy.pace.SharedPace;
import dev.sluice.subscription.Pacing.RateLimit;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rate limits of webhooks, over all pods: in Redis, on its time. Each call is one script. Confined to one event loop.
 *
 * <p>What is granted conforms to the limit (GCRA): if each token is used at its time, never more than {@code burst + t *
 * limit / period} are used in any span t, whoever asked for them.
 */
public interface RateLimits {
    /**
     * Takes tokens, of those that are not usable yet the ones whose time is near. A changed limit counts from the next
     * call on. Fails with {@link dev.sluice.redis.trouble.RedisUnavailable} while Redis is away; whether tokens were taken then
     * is unknown.
     *
     * @param wanted at most so many, 1 or more
     */
    Future<Grant> take(LaneKey lane, RateLimit limit, int wanted);

    /**
     * The pace that a lane's endpoint was found to take, with so many that it took since this pod told it last; empty: none
     * was found, or its last refusal is longer ago than {@link FoundPace#KEPT}.
     */
    Future<Optional<SharedPace>> pace(LaneKey lane, long taken);

    /**
     * The endpoint refused: from now on this is its pace, and it has nothing left now. Unless another pod found one since
     * that mark. Answers what is known then.
     *
     * @param mark of the pace that this one follows; 0: there was none
     * @param as   the limit as which it is in force; null: a slower one is, of which all tokens stay
     */
    Future<Optional<SharedPace>> slow(LaneKey lane, long mark, FoundPace pace, @Nullable RateLimit as);

    /**
     * Gives tokens back that were not used and will not be. Never makes the limit larger than it is: where another pod
     * took some since they were granted, or Redis is away, they are lost.
     */
    void giveBack(LaneKey lane, RateLimit limit, TokenBucket.Surplus surplus);
}
