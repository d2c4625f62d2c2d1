package dev.sluice.delivery.lane;

import dev.sluice.delivery.Delivery;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a lane holds that is parked in Redis under a lease. Confined to its lane, whose collections it shares. */
public final class Claims {
    private final Waiting waiting;
    private final Set<Flight> inFlight;
    private final Lease lease;

    Claims(Waiting waiting, Set<Flight> inFlight, Lease lease) {
        this.waiting = waiting;
        this.inFlight = inFlight;
        this.lease = lease;
    }

    public Set<String> ids() {
        return ids(waiting.stream());
    }

    /** Of these, those on which the lane keeps its lease: what it would forget is free the sooner. */
    public Set<String> leasedIds(long now) {
        return ids(waiting.stream().filter(delivery -> !lease.isAnothers(delivery, now)));
    }

    private Set<String> ids(Stream<Delivery> waits) {
        return Stream.concat(inFlight.stream().map(Flight::delivery), waits)
                .filter(Delivery::isParked)
                .map(Delivery::id)
                .collect(Collectors.toSet());
    }

    /** One of them was claimed anew: its new lease holds for what becomes of it. What is under way goes on. */
    public void again(Delivery delivery) {
        waiting.replace(delivery);
        inFlight.forEach(flight -> flight.claimedAgain(delivery));
    }

    /** Redis answered that all of them are left to the lane for longer. */
    public void renewed(long askedAt) {
        lease.renewed(askedAt);
    }
}
