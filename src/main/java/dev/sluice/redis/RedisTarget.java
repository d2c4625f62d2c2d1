package dev.sluice.redis;

import java.time.Duration;

/**
 * Which Redis, and how patient to be with it.
 *
 * @param uri            {@code redis://[user:password@]host:port[/db]}, or {@code rediss://} for TLS
 * @param commandTimeout a connection that answers nothing for this long while it owes an answer is closed
 * @param reconnectMin   pause before the first new connection
 * @param reconnectMax   longest pause between connections; the pauses double up to it
 */
public record RedisTarget(String uri, Duration commandTimeout, Duration reconnectMin, Duration reconnectMax) {
    /** Never the password. */
    @Override
    public String toString() {
        return uri.replaceAll("//[^@/]*@", "//***@");
    }
}
