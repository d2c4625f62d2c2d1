package dev.sluice.sim.redis;

/** An error that Redis answers; its message begins with a code. */
final class Failure extends RuntimeException {
    static final String WRONG_TYPE = "WRONGTYPE Operation against a key holding the wrong kind of value";

    Failure(String message) {
        super(message, null, false, false);
    }
}
