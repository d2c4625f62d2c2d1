package dev.sluice.delivery;

import dev.sluice.delivery.policy.Grant;
import dev.sluice.delivery.policy.TokenBucket;
import dev.sluice.subscription.Pacing.RateLimit;
import io.vertx.core.Future;

/**
 * The rate limits of webhooks, over all pods: in Redis, on its time. Each call is one script. Confined to one event loop.
 *
 * <p>What is granted conforms to the limit (GCRA): if each token is used at its time, never more than {@code burst + t *
 * limit / period} are used in any span t, whoever asked for them.
 */
public interface RateLimits {
    /**
     * Takes tokens, of those that are not usable yet the ones whose time is near. A changed limit counts from the next
     * call on. Fails with {@link dev.sluice.redis.RedisUnavailable} while Redis is away; whether tokens were taken then
     * is unknown.
     *
     * @param wanted at most so many, 1 or more
     */
    Future<Grant> take(LaneKey lane, RateLimit limit, int wanted);

    /**
     * Gives tokens back that were not used and will not be. Never makes the limit larger than it is: where another pod
     * took some since they were granted, or Redis is away, they are lost.
     */
    void giveBack(LaneKey lane, RateLimit limit, TokenBucket.Surplus surplus);
}
