package dev.sluice.redis;

/** Redis is away, or did not answer in time: whether the command took effect is unknown. No stack trace. */
public final class RedisUnavailable extends RuntimeException {
    public RedisUnavailable(String reason) {
        super(reason, null, false, false);
    }
}
