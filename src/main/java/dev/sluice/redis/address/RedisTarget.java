package dev.sluice.redis.address;

import java.time.Duration;

/**
 * Which Redis, and how patient to be with it.
 *
 * @param commandTimeout a connection that answers nothing for this long while it owes an answer is closed
 * @param reconnectMin   pause before the first new connection
 * @param reconnectMax   longest pause between connections; the pauses double up to it
 * @param replicas       that must have what is relied on elsewhere; 0: none
 */
public record RedisTarget(
        RedisAddress address,
        RedisAccess access,
        Duration commandTimeout,
        Duration reconnectMin,
        Duration reconnectMax,
        int replicas) {
    public RedisTarget(
            RedisAddress address,
            RedisAccess access,
            Duration commandTimeout,
            Duration reconnectMin,
            Duration reconnectMax) {
        this(address, access, commandTimeout, reconnectMin, reconnectMax, 0);
    }

    /** @throws IllegalArgumentException as {@link RedisAddress#read} */
    public RedisTarget(String uri, Duration commandTimeout, Duration reconnectMin, Duration reconnectMax) {
        this(RedisAddress.read(uri), RedisAccess.OF_ADDRESS, commandTimeout, reconnectMin, reconnectMax, 0);
    }

    public RedisTarget withReplicas(int wanted) {
        return new RedisTarget(address, access, commandTimeout, reconnectMin, reconnectMax, wanted);
    }

    /** Whose connections are given up after so long, or earlier. */
    public RedisTarget noMorePatientThan(Duration notice) {
        Duration patience = commandTimeout.compareTo(notice) < 0 ? commandTimeout : notice;
        return new RedisTarget(address, access, patience, reconnectMin, reconnectMax, replicas);
    }

    /** Never the password. */
    @Override
    public String toString() {
        return address.toString();
    }
}
