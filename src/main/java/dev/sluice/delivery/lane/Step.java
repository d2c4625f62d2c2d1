package dev.sluice.delivery.lane;

import dev.sluice.delivery.Delivery;

/** What a lane wants done now. */
public sealed interface Step {
    /** Nothing until something changes. */
    record Rest() implements Step {
        static final Rest INSTANCE = new Rest();
    }

    /** Make this attempt; it is in flight from now on. */
    record Attempt(Flight flight) implements Step {}

    /** Forget it: it may be another's by now, see {@link Lane#isAnothers}. */
    record Forget(Delivery delivery) implements Step {}

    /**
     * Park what waits: the lane may not run.
     *
     * @param restNanos no attempt before this time from now
     */
    record Yield(long restNanos) implements Step {}

    /** Nothing until other attempts have ended, of this lane or of others: their bodies take all the memory there is. */
    record Crowded() implements Step {
        static final Crowded INSTANCE = new Crowded();
    }

    /** Ask again after so long: the rate limit lets one through then. */
    record Later(long nanos) implements Step {}
}
