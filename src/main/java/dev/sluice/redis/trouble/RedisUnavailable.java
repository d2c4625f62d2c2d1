package dev.sluice.redis.trouble;

import dev.sluice.fault.Outage;

/** Redis cannot do it now, or did not answer in time: whether the command took effect is unknown. No stack trace. */
public final class RedisUnavailable extends RuntimeException implements Outage {
    private final transient Trouble trouble;

    /** It is away. */
    public RedisUnavailable(String reason) {
        this(Trouble.AWAY, reason);
    }

    public RedisUnavailable(Trouble trouble, String reason) {
        super(reason, null, false, false);
        this.trouble = trouble;
    }

    public Trouble trouble() {
        return trouble;
    }
}
