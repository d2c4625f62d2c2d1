package dev.sluice.testing;

import dev.sluice.config.ParkingConfig;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking;
import dev.sluice.delivery.Parking.Claim;
import dev.sluice.delivery.Parking.Claimed;
import dev.sluice.delivery.Parking.Written;
import dev.sluice.testing.InMemoryQueue.Parked;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@link InMemoryParking} has of one webhook. Times are milliseconds of its clock. */
final class InMemoryLane {
    private static final long NEVER = InMemoryQueue.NEVER;
    /** Old ones that one claim buries at most. */
    private static final int LOOKS = 200;

    private final Map<String, String> dead;
    final InMemoryQueue parked = new InMemoryQueue();
    final Map<String, Deque<Parked>> chains = new HashMap<>();
    private final Map<String, Burst> bursts = new HashMap<>();
    /** The youngest of each slot that was claimed. */
    private final Map<String, String> last = new HashMap<>();

    private long bytes;
    private long restsUntil;
    private List<String> coalesced = new ArrayList<>();
    private int overflowed;
    private int expired;
    private boolean changed;

    /** Of what may be claimed. */
    enum Which {
        OLDEST,
        YOUNGEST,
        ASKED
    }

    private static final class Burst {
        Parked holder;
        final long first;
        final Set<String> stoodFor = new HashSet<>();

        Burst(Parked holder, long first) {
            this.holder = holder;
            this.first = first;
        }
    }

    /** @param dead why each dead delivery died, by id */
    InMemoryLane(Map<String, String> dead) {
        this.dead = dead;
    }

    Written write(List<Outcome> outcomes, Duration rest, ParkingConfig config, long now) {
        coalesced = new ArrayList<>();
        overflowed = 0;
        expired = 0;
        changed = !rest.isZero();
        outcomes.forEach(outcome -> write(outcome, config, now));
        if (!rest.isZero()) {
            restsUntil = Math.max(restsUntil, now + rest.toMillis());
        }
        return new Written(
                List.copyOf(coalesced), overflowed, expired, changed && isRipe(now), Future.succeededFuture());
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
            enter(keep.delivery(), now + config.lease().toMillis(), now, true);
        } else if (outcome instanceof Outcome.Park park) {
            admit(park.delivery(), now + park.delay().toMillis(), config, now);
        }
    }

    private void writeKnown(Outcome outcome, Parked known, ParkingConfig config, long now) {
        if (outcome instanceof Outcome.Return returned) {
            again(known, returned.place() == 0 ? known.since : returned.place(), now);
        } else if (outcome instanceof Outcome.Park park) {
            known.delivery = park.delivery();
            if (!expire(known, config, now)) {
                long due =
                        park.delay().isZero() ? known.since : now + park.delay().toMillis();
                again(known, due, now);
            }
        } else {
            leave(known, now);
            if (outcome instanceof Outcome.Bury bury) {
                dead.put(bury.delivery().id(), bury.reason());
            }
        }
    }

    private @Nullable Parked admit(Delivery delivery, long due, ParkingConfig config, long now) {
        if (parked.size() >= config.maxCount() || bytes + Parking.bytes(delivery.event()) > config.maxBytes()) {
            dead.put(delivery.id(), "the backlog is full");
            overflowed++;
            return null;
        }
        return enter(delivery, due, now, false);
    }

    private Parked enter(Delivery delivery, long due, long now, boolean first) {
        Parked fresh = new Parked();
        fresh.id = delivery.id();
        fresh.delivery = delivery;
        fresh.key = delivery.key();
        fresh.since = now;
        parked.add(fresh);
        bytes += Parking.bytes(delivery.event());
        if (fresh.key != null) {
            Deque<Parked> chain = chains.computeIfAbsent(fresh.key, key -> new ArrayDeque<>());
            if (first && !chain.isEmpty()) {
                parked.due(chain.getFirst(), NEVER);
            }
            if (first) {
                chain.addFirst(fresh);
            } else {
                chain.addLast(fresh);
            }
        }
        await(fresh, due);
        return fresh;
    }

    /** What comes back is of its slot's burst again, unless a younger one stands for it. */
    private void again(Parked one, long due, long now) {
        if (isOvertaken(one)) {
            coalesce(one, now);
        } else {
            await(one, due);
            if (one.slot != null) {
                bursts.put(one.slot, new Burst(one, now));
            }
        }
    }

    private boolean isOvertaken(Parked one) {
        Burst burst = one.slot == null ? null : bursts.get(one.slot);
        String id = one.delivery.id();
        return one.slot != null
                && (id.compareTo(last.getOrDefault(one.slot, id)) < 0
                        || (burst != null && id.compareTo(burst.holder.delivery.id()) < 0));
    }

    private void coalesce(Parked one, long now) {
        leave(one, now);
        coalesced.add(one.delivery.id());
        changed = true;
    }

    private void await(Parked one, long due) {
        changed = true;
        one.leased = false;
        one.behind = false;
        parked.due(one, one.key == null || chains.get(one.key).getFirst() == one ? due : NEVER);
    }

    private void leave(Parked one, long now) {
        if (parked.remove(one)) {
            bytes -= Parking.bytes(one.delivery.event());
        }
        close(one);
        free(one);
        if (one.key != null) {
            Deque<Parked> chain = chains.get(one.key);
            boolean first = chain.getFirst() == one;
            chain.remove(one);
            if (chain.isEmpty()) {
                chains.remove(one.key);
            } else {
                changed = true;
                parked.due(chain.getFirst(), first ? now : chain.getFirst().due);
            }
        }
    }

    private boolean expire(Parked one, ParkingConfig config, long now) {
        if (now - one.since <= config.maxAge().toMillis()) {
            return false;
        }
        leave(one, now);
        dead.put(one.delivery.id(), "too old");
        expired++;
        return true;
    }

    private void close(Parked one) {
        Burst burst = one.slot == null ? null : bursts.get(one.slot);
        if (burst != null && burst.holder == one) {
            bursts.remove(one.slot);
        }
    }

    private void free(Parked ended) {
        Burst burst = ended.slot == null ? null : bursts.get(ended.slot);
        if (burst != null && burst.holder.behind) {
            await(burst.holder, burst.holder.since);
        }
    }

    private void merge(Outcome.Merge merge, ParkingConfig config, long now) {
        Delivery delivery = unkeyed(merge.delivery());
        Burst burst = bursts.get(merge.slot());
        if (burst != null && burst.stoodFor.contains(delivery.id())) {
            coalesced.add(delivery.id());
        } else if (parked.get(delivery.id()) == null && !dead.containsKey(delivery.id())) {
            if (delivery.id().compareTo(last.getOrDefault(merge.slot(), "")) < 0) {
                coalesced.add(delivery.id());
            } else if (burst == null) {
                begin(delivery, merge, config, now);
            } else {
                join(delivery, burst, merge, now);
            }
        }
    }

    private void begin(Delivery delivery, Outcome.Merge merge, ParkingConfig config, long now) {
        long due = now + Math.min(merge.quiet().toMillis(), merge.most().toMillis());
        Parked holder = admit(delivery, due, config, now);
        if (holder != null) {
            holder.slot = merge.slot();
            bursts.put(merge.slot(), new Burst(holder, now));
        }
    }

    private void join(Delivery delivery, Burst burst, Outcome.Merge merge, long now) {
        Parked former = burst.holder;
        String loser = delivery.id();
        if (delivery.event().id().text().compareTo(former.delivery.event().id().text()) > 0) {
            loser = former.delivery.id();
            leave(former, now);
            burst.holder = enter(delivery, now, now, false);
            bursts.put(merge.slot(), burst);
        }
        burst.stoodFor.add(loser);
        burst.holder.slot = merge.slot();
        burst.holder.stands = former.stands + 1;
        long ends = Math.min(
                now + merge.quiet().toMillis(), burst.first + merge.most().toMillis());
        if (ends > burst.holder.due) {
            await(burst.holder, ends);
        }
        coalesced.add(loser);
        changed = true;
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

    /** Of a slot one is in hand at a time, and nothing older goes after it. Answers whether this one may go. */
    private boolean take(Parked one, long now) {
        if (one.slot == null) {
            return true;
        }
        Parked before = parked.get(last.getOrDefault(one.slot, ""));
        if (isOvertaken(one)) {
            coalesce(one, now);
            return false;
        } else if (before != null && before != one) {
            if (before.leased && before.due > now) {
                one.behind = true;
                parked.due(one, before.due);
                return false;
            }
            coalesce(before, now);
        }
        close(one);
        last.put(one.slot, one.delivery.id());
        return true;
    }

    Claim claim(int limit, long bytes, Which which, ParkingConfig config, long now) {
        boolean onlyAsked = which == Which.ASKED || resting(now) > 0;
        if (!onlyAsked) {
            parked.ripen(now);
        }
        List<Claimed> claimed = new ArrayList<>();
        expired = 0;
        coalesced = new ArrayList<>();
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
            if (!expire(one, config, now) && take(one, now)) {
                claimed.add(claimed(one));
                one.leased = true;
                parked.due(one, now + config.lease().toMillis());
            }
        }
        return new Claim(claimed, isRipe(now), expired, List.copyOf(coalesced));
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
        if (known != null && !(known.leased && known.due > now) && known.due != NEVER) {
            parked.due(known, now - InMemoryQueue.ASKED);
        }
    }

    void makeOld(String id) {
        parked.makeOld(id);
    }

    int purge() {
        int purged = parked.size();
        parked.clear();
        bytes = 0;
        chains.clear();
        bursts.clear();
        restsUntil = 0;
        return purged;
    }

    void release() {
        restsUntil = 0;
    }

    long bytes() {
        return bytes;
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
