package dev.sluice.sim.redis;

/** What a key holds. */
interface Value {
    boolean isEmpty();

    /** Shares nothing that may change. */
    Value copy();
}
