package dev.sluice.testing;

import dev.sluice.config.ParkingConfig;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking.Claim;
import dev.sluice.delivery.Parking.Claimed;
import dev.sluice.delivery.Parking.Written;
import dev.sluice.delivery.redis.PackedSize;
import dev.sluice.testing.InMemoryQueue.Parked;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@link InMemoryParking} has of one webhook. Times are milliseconds of its clock. */
final class InMemoryLane {
    /** Old ones that one claim buries at most. */
    private static final int LOOKS = 200;

    private final Map<String, String> dead;
    private final InMemoryBacklog backlog = new InMemoryBacklog();
    private final InMemoryQueue parked = backlog.queue;
    private final InMemoryBursts bursts = new InMemoryBursts(backlog);
    private long restsUntil;
    private int overflowed;
    private int expired;

    /** Of what may be claimed. */
    enum Which {
        OLDEST,
        YOUNGEST,
        ASKED
    }

    /** @param dead why each dead delivery died, by id */
    InMemoryLane(Map<String, String> dead) {
        this.dead = dead;
    }

    Written write(List<Outcome> outcomes, Duration rest, ParkingConfig config, long now) {
        overflowed = 0;
        expired = 0;
        backlog.changed = !rest.isZero();
        outcomes.forEach(outcome -> write(outcome, config, now));
        if (!rest.isZero()) {
            restsUntil = Math.max(restsUntil, now + rest.toMillis());
        }
        return new Written(
                bursts.coalesced(), overflowed, expired, backlog.changed && isRipe(now), Future.succeededFuture());
    }

    private void write(Outcome outcome, ParkingConfig config, long now) {
        Delivery delivery = outcome.delivery();
        Parked known = parked.get(delivery.id());
        if (outcome instanceof Outcome.Merge merge) {
            merge(merge, config, now);
        } else if (!delivery.isParked()) {
            if (known == null && !dead.containsKey(delivery.id())) {
                writeNew(outcome, config, now);
            }
        } else if (known != null && known.delivery.attempts() == outcome.found()) {
            writeKnown(outcome, known, config, now);
        }
    }

    private void writeNew(Outcome outcome, ParkingConfig config, long now) {
        if (outcome instanceof Outcome.Bury bury) {
            dead.put(bury.delivery().id(), bury.reason());
        } else if (outcome instanceof Outcome.Keep keep) {
            backlog.enter(keep.delivery(), now + config.lease().toMillis(), now, true);
        } else if (outcome instanceof Outcome.Park park) {
            admit(park.delivery(), now + park.delay().toMillis(), config, now);
        }
    }

    private void writeKnown(Outcome outcome, Parked known, ParkingConfig config, long now) {
        if (outcome instanceof Outcome.Return returned) {
            bursts.again(known, returned.place() == 0 ? known.since : returned.place(), now);
        } else if (outcome instanceof Outcome.Park park) {
            known.delivery = park.delivery();
            if (!expire(known, config, now)) {
                long due =
                        park.delay().isZero() ? known.since : now + park.delay().toMillis();
                bursts.again(known, due, now);
            }
        } else {
            bursts.leave(known, now);
            if (outcome instanceof Outcome.Bury bury) {
                dead.put(bury.delivery().id(), bury.reason());
            }
        }
    }

    private @Nullable Parked admit(Delivery delivery, long due, ParkingConfig config, long now) {
        if (parked.size() >= config.maxCount()
                || backlog.bytes() + PackedSize.of(delivery.event()) > config.maxBytes()) {
            dead.put(delivery.id(), "the backlog is full");
            overflowed++;
            return null;
        }
        return backlog.enter(delivery, due, now, false);
    }

    private boolean expire(Parked one, ParkingConfig config, long now) {
        if (now - one.since <= config.maxAge().toMillis()) {
            return false;
        }
        bursts.leave(one, now);
        dead.put(one.delivery.id(), "too old");
        expired++;
        return true;
    }

    private void merge(Outcome.Merge merge, ParkingConfig config, long now) {
        Delivery delivery = unkeyed(merge.delivery());
        String id = delivery.id();
        boolean isKnown = bursts.repeats(merge.slot(), id) || parked.get(id) != null || dead.containsKey(id);
        if (!isKnown && !bursts.join(delivery, merge, now)) {
            long due = now + Math.min(merge.quiet().toMillis(), merge.most().toMillis());
            Parked holder = admit(delivery, due, config, now);
            if (holder != null) {
                bursts.begin(holder, merge.slot(), now);
            }
        }
    }

    private static Delivery unkeyed(Delivery of) {
        return new Delivery(
                of.id(),
                of.event(),
                of.webhookId(),
                null,
                of.attempts(),
                of.refused(),
                of.history(),
                of.origin(),
                false);
    }

    Claim claim(int limit, long bytes, Which which, ParkingConfig config, long now) {
        boolean onlyAsked = which == Which.ASKED || resting(now) > 0;
        if (!onlyAsked) {
            parked.ripen(now);
        }
        List<Claimed> claimed = new ArrayList<>();
        expired = 0;
        long room = bytes;
        while (isRipe(now) && claimed.size() < limit && expired < LOOKS) {
            Parked one = which == Which.YOUNGEST && !first().isAsked() ? parked.lastRipe(now) : first();
            if (onlyAsked && !one.isAsked()) {
                break;
            }
            long size = one.delivery.event().data().length();
            if (!claimed.isEmpty() && size > room) {
                break;
            }
            room -= size;
            if (!expire(one, config, now) && bursts.take(one, now)) {
                claimed.add(claimed(one));
                one.leased = true;
                parked.due(one, now + config.lease().toMillis());
            }
        }
        return new Claim(claimed, isRipe(now), expired, bursts.coalesced());
    }

    private static Claimed claimed(Parked one) {
        Delivery delivery = one.delivery;
        return new Claimed(
                delivery.id(),
                delivery.event(),
                delivery.attempts(),
                delivery.refused(),
                delivery.history(),
                one.due,
                one.stands,
                delivery.isUnsure());
    }

    void renew(String id, long until) {
        Parked known = parked.get(id);
        if (known != null) {
            parked.due(known, Math.max(known.due, until));
        }
    }

    /** Unless somebody holds it, or it waits behind another. */
    void ask(String id, long now) {
        Parked known = parked.get(id);
        if (known != null && !(known.leased && known.due > now) && known.due != InMemoryQueue.NEVER) {
            parked.due(known, now - InMemoryQueue.ASKED);
        }
    }

    void makeOld(String id) {
        parked.makeOld(id);
    }

    int purge() {
        int purged = parked.size();
        backlog.clear();
        bursts.clear();
        restsUntil = 0;
        return purged;
    }

    void release() {
        restsUntil = 0;
    }

    int size() {
        return parked.size();
    }

    long bytes() {
        return backlog.bytes();
    }

    /** Of which something is parked. */
    Set<String> keys() {
        return backlog.keys();
    }

    long resting(long now) {
        return Math.max(0, restsUntil - now);
    }

    /** The next in line, or null. */
    @Nullable
    Parked first() {
        return parked.first();
    }

    private boolean isRipe(long now) {
        Parked first = first();
        return first != null && first.due <= now && (first.isAsked() || resting(now) == 0);
    }
}
