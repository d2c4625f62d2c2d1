package dev.sluice.delivery;

/** What a lane wants done now. */
sealed interface Step {
    /** Nothing until something changes. */
    record Rest() implements Step {
        static final Rest INSTANCE = new Rest();
    }

    /** Make this attempt; it is in flight from now on. */
    record Attempt(Flight flight) implements Step {}

    /** Forget it: another reader has its partition now, and will place it again. */
    record Forget(Delivery delivery) implements Step {}

    /**
     * Park what waits: the lane may not run.
     *
     * @param holdNanos no attempt before this time from now
     */
    record Yield(long holdNanos) implements Step {}

    /** Ask again after so long: the rate limit lets one through then. */
    record Later(long nanos) implements Step {}
}
