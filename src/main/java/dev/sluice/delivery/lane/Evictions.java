package dev.sluice.delivery.lane;

import dev.sluice.delivery.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes out of a lane what has to wait in Redis, and of an ordered webhook its whole key. What may be another's by now goes
 * nowhere. Confined to its lane, whose collections it shares.
 */
final class Evictions {
    private final Waiting waiting;
    private final Set<Flight> inFlight;
    private final BlockedKeys blocked;
    private final Load load;
    private final Lease lease;

    Evictions(Waiting waiting, Set<Flight> inFlight, BlockedKeys blocked, Load load, Lease lease) {
        this.waiting = waiting;
        this.inFlight = inFlight;
        this.blocked = blocked;
        this.load = load;
        this.lease = lease;
    }

    Eviction all(long now) {
        return leaving(waiting.takeAll(), now);
    }

    /** @param useful how many the lane has use for */
    Eviction surplus(int useful, long now) {
        List<Delivery> taken = new ArrayList<>();
        for (Delivery last = waiting.last(); last != null && isOver(last, useful, now); last = waiting.last()) {
            taken.addAll(0, load.left(waiting.takeLast()));
        }
        return split(taken, now);
    }

    private boolean isOver(Delivery last, int useful, long now) {
        return load.holding().held() > useful || load.holding().isOver(last.bytes(), now);
    }

    Eviction key(String key, long now) {
        blocked.block(key);
        return leaving(waiting.takeKey(key), now);
    }

    private Eviction leaving(List<Delivery> leaving, long now) {
        return split(load.left(leaving), now);
    }

    private Eviction split(List<Delivery> leaving, long now) {
        List<Delivery> park = new ArrayList<>();
        List<Delivery> forgotten = new ArrayList<>();
        leaving.forEach(one -> (lease.isAnothers(one, now) ? forgotten : park).add(one));
        Set<String> keys =
                park.stream().map(Delivery::key).flatMap(Stream::ofNullable).collect(Collectors.toSet());
        if (keys.isEmpty()) {
            return leaving.isEmpty() ? Eviction.NONE : new Eviction(List.of(), park, forgotten);
        }
        keys.forEach(blocked::block);
        List<Delivery> keep = new ArrayList<>();
        for (Flight flight : inFlight) {
            Delivery delivery = flight.delivery();
            if (delivery.key() != null && keys.contains(delivery.key()) && !delivery.isParked()) {
                keep.add(load.keep(flight, lease.life()));
            }
        }
        return new Eviction(keep, park, forgotten);
    }

    Eviction olderThan(long nanos, long now) {
        List<Delivery> keep = new ArrayList<>();
        List<Delivery> behind = new ArrayList<>();
        for (Flight flight : inFlight) {
            Delivery delivery = flight.delivery();
            boolean old = !delivery.isParked() && now - flight.startedAt >= nanos;
            if (old && !lease.isLost(delivery)) {
                keep.add(load.keep(flight, lease.life()));
                if (delivery.key() != null) {
                    blocked.block(delivery.key());
                    behind.addAll(load.left(waiting.takeKey(delivery.key())));
                }
            }
        }
        Eviction waited = split(behind, now);
        return keep.isEmpty() ? Eviction.NONE : new Eviction(keep, waited.park(), waited.forgotten());
    }
}
