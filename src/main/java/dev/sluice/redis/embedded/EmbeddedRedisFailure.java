package dev.sluice.redis.embedded;

/** The embedded Redis cannot run here; the message says what to do about it. No stack trace. */
public final class EmbeddedRedisFailure extends RuntimeException {
    EmbeddedRedisFailure(String message) {
        super(message, null, false, false);
    }
}
