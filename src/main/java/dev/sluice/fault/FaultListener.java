package dev.sluice.fault;

/** Told of what goes wrong where nobody waits for an answer. Any thread. */
public interface FaultListener {
    FaultListener NONE = new FaultListener() {};

    /** @param what of a fixed set: what failed, and not because of an outage; told for each attempt */
    default void failed(String what) {}

    /** @param kind of a fixed set: a record of this kind cannot be read; told once for each that is found */
    default void unreadable(String kind) {}
}
