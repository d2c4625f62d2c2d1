package dev.sluice.delivery.lane;

import dev.sluice.delivery.Delivery;

/** An attempt under way. Confined to its lane. */
public final class Flight {
    /** Nanoseconds of the lane's clock. */
    final long startedAt;
    /** Of the {@link Throttle}, when it started. */
    final int era;

    /** Bytes that it takes on the wire. */
    final long wire;

    private Delivery delivery;

    Flight(Delivery delivery, long wire, long startedAt, int era) {
        this.delivery = delivery;
        this.wire = wire;
        this.startedAt = startedAt;
        this.era = era;
    }

    public Delivery delivery() {
        return delivery;
    }

    /** If it is this one. */
    void claimedAgain(Delivery claimed) {
        if (delivery.isParked() && delivery.id().equals(claimed.id())) {
            delivery = claimed;
        }
    }

    /** Redis has it from now on, under a lease of this life of the pod: the journal needs it no more. */
    Delivery keep(long life) {
        Delivery journaled = delivery;
        delivery = journaled.kept(life);
        return journaled;
    }
}
