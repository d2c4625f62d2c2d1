package dev.sluice.delivery;

/** Which epochs go on, so that what is held in them may be acted on: leases on keyed partitions, and lives of this pod. */
@FunctionalInterface
public interface Tenure {
    /** Once false, false for ever. */
    boolean owns(long epoch);

    /** The epoch of this pod's present life, which may be over; 0: it is never taken for dead. */
    default long life() {
        return 0;
    }
}
