package dev.sluice.warmup;

/**
 * What a warm-up did.
 *
 * @param accepted  events
 * @param delivered of them, until it ended
 * @param settled   whether it ended since the compiler had little left to do, and not for its time
 */
public record Outcome(long accepted, long delivered, boolean settled) {}
