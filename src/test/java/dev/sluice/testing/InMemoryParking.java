package dev.sluice.testing;

import dev.sluice.config.ParkingConfig;
import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking;
import dev.sluice.delivery.redis.DeliveryConfigs;
import dev.sluice.subscription.Homes;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps the contract of {@link Parking} without Redis, on manual time; answers at once, or when it is told. One thread. */
public final class InMemoryParking implements Parking {
    private static final Duration WAKE_LEASE = Duration.ofSeconds(10);
    private static final int ASKED_AT_ONCE = 16;

    private final ManualTicker clock;
    private final Homes homes;
    private final ParkingConfig config;

    private final Map<LaneKey, InMemoryLane> lanes;
    private final Map<String, String> dead;
    private final Map<LaneKey, Long> wake;
    /** By shard. */
    private final Map<Integer, List<Asked>> rests;
    /** How many of them this pod was told, by shard. */
    private final Map<Integer, Integer> told = new HashMap<>();

    private final InMemoryCalls calls = new InMemoryCalls();
    private final List<String> forgotten = new ArrayList<>();
    private final List<String> goneOn = new ArrayList<>();
    private boolean anew;
    private long epoch;

    /** @param until when its endpoint wants the next attempt */
    private record Asked(LaneKey lane, long until) {}

    public InMemoryParking(ManualTicker clock, Homes homes, Duration lease) {
        this(
                clock,
                homes,
                DeliveryConfigs.parking(lease),
                new HashMap<>(),
                new TreeMap<>(),
                new HashMap<>(),
                new HashMap<>());
    }

    private InMemoryParking(
            ManualTicker clock,
            Homes homes,
            ParkingConfig config,
            Map<LaneKey, InMemoryLane> lanes,
            Map<String, String> dead,
            Map<LaneKey, Long> wake,
            Map<Integer, List<Asked>> rests) {
        this.clock = clock;
        this.homes = homes;
        this.config = config;
        this.lanes = lanes;
        this.dead = dead;
        this.wake = wake;
        this.rests = rests;
    }

    /** The same place as another pod sees it, with calls and absences of its own. */
    public InMemoryParking withLease(Duration other) {
        return with(DeliveryConfigs.parking(other));
    }

    /** The same place as a pod of another configuration sees it. */
    public InMemoryParking with(ParkingConfig other) {
        return new InMemoryParking(clock, homes, other, lanes, dead, wake, rests);
    }

    /** Every call fails until {@link #comeBack}, and so do those that are out. */
    public void goAway() {
        told.clear();
        calls.goAway();
    }

    /** Calls of the method have no effect, and no answer, until they are let. */
    public void hold(String method) {
        calls.hold(method);
    }

    /** What is called from now on is answered at once. */
    public void holdNothing() {
        calls.holdNothing();
    }

    /** How many calls are out. */
    public int out() {
        return calls.out();
    }

    public void answerNext() {
        calls.answerNext();
    }

    /** Of those that are out, the one that was called last. */
    public void answerLast() {
        calls.answerLast();
    }

    /** Those too that are made because of it. */
    public void answerAll() {
        calls.answerAll();
    }

    /** As if a person wanted it to be tried now. */
    public void ask(LaneKey lane, String deliveryId) {
        lane(lane).ask(deliveryId, now());
        plan(lane);
    }

    public void comeBack() {
        calls.comeBack();
    }

    /** How often the method was called, also in vain. */
    public int calls(String method) {
        return calls.of(method);
    }

    public int parked() {
        return lanes.values().stream().mapToInt(lane -> lane.parked.size()).sum();
    }

    /** Why each dead delivery died, by id. */
    public Map<String, String> dead() {
        return dead;
    }

    /** As if {@code count} deliveries had been parked long ago. */
    public void park(LaneKey lane, List<Delivery> deliveries) {
        write(
                lane,
                deliveries.stream()
                        .<Outcome>map(one -> new Outcome.Park(one, 0, Duration.ZERO))
                        .toList(),
                Duration.ZERO);
        calls.forget();
    }

    /** As if it had been parked for longer than any limit. */
    public void makeOld(LaneKey key, String deliveryId) {
        lane(key).makeOld(deliveryId);
    }

    private <T> Future<T> call(String method, Supplier<T> work) {
        return calls.call(method, work);
    }

    private long now() {
        return clock.passed().toMillis();
    }

    private InMemoryLane lane(LaneKey key) {
        return lanes.computeIfAbsent(key, fresh -> new InMemoryLane(dead));
    }

    @Override
    public Future<Written> write(LaneKey key, List<Outcome> outcomes, Duration wanted) {
        return call("write", () -> {
                    Duration rest = rest(outcomes);
                    if (!rest.isZero()) {
                        rests.computeIfAbsent(homes.shardOf(key.webhookId()), first -> new ArrayList<>())
                                .add(new Asked(key, now() + rest.toMillis()));
                    }
                    Duration longest = wanted.compareTo(rest) >= 0 ? wanted : rest;
                    Written written = lane(key).write(outcomes, longest, config, now());
                    if (lane(key).first() != null) {
                        plan(key);
                    }
                    return written;
                })
                .map(done -> new Written(
                        done.coalesced(), done.overflowed(), done.expired(), done.more(), call("keep", () -> null)));
    }

    private static Duration rest(List<Outcome> outcomes) {
        return outcomes.stream()
                .map(InMemoryParking::rest)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private void plan(LaneKey key) {
        InMemoryQueue.Parked first = lane(key).first();
        if (first == null) {
            wake.remove(key);
        } else {
            wake.put(
                    key,
                    first.isAsked()
                            ? first.due
                            : Math.max(first.due, now() + lane(key).resting(now())));
        }
    }

    @Override
    public Future<Woken> wake(int shard, int limit) {
        return call("wake", () -> {
            if (isQuiet(shard)) {
                return new Woken(List.of(), List.of(), List.of(), false);
            }
            List<LaneKey> woken = wake.entrySet().stream()
                    .filter(entry -> homes.shardOf(entry.getKey().webhookId()) == shard && entry.getValue() <= now())
                    .sorted(Map.Entry.comparingByValue())
                    .limit(limit)
                    .map(Map.Entry::getKey)
                    .toList();
            Map<Boolean, List<LaneKey>> asked =
                    woken.stream().collect(Collectors.partitioningBy(lane -> wake.get(lane) < 0));
            woken.forEach(lane -> wake.put(lane, now() + WAKE_LEASE.toMillis()));
            List<Asked> untold = untold(shard, limit);
            List<Resting> resting = untold.stream()
                    .filter(one -> one.until() > now())
                    .map(one -> new Resting(one.lane(), Duration.ofMillis(one.until() - now())))
                    .toList();
            boolean more = woken.size() == limit || untold.size() == limit;
            return new Woken(asked.get(false), asked.get(true), resting, more);
        });
    }

    /** Days of manual time are looks that find nothing. */
    private boolean isQuiet(int shard) {
        long now = now();
        for (long due : wake.values()) {
            if (due <= now) {
                return false;
            }
        }
        return rests.getOrDefault(shard, List.of()).size() <= told.getOrDefault(shard, 0);
    }

    private List<Asked> untold(int shard, int limit) {
        List<Asked> all = rests.getOrDefault(shard, List.of());
        int from = told.getOrDefault(shard, 0);
        List<Asked> untold = List.copyOf(all.subList(from, Math.min(all.size(), from + limit)));
        told.merge(shard, untold.size(), Integer::sum);
        return untold;
    }

    @Override
    public Future<Claim> claim(LaneKey key, int limit, long bytes) {
        return claim("claim", key, limit, bytes, InMemoryLane.Which.OLDEST);
    }

    @Override
    public Future<Claim> claimProbe(LaneKey key) {
        return claim("claim", key, 1, Long.MAX_VALUE, InMemoryLane.Which.YOUNGEST);
    }

    @Override
    public Future<Claim> claimAsked(LaneKey key) {
        return claim("claimAsked", key, ASKED_AT_ONCE, Long.MAX_VALUE, InMemoryLane.Which.ASKED);
    }

    /** What this pod claims from now on it claims in the life of that epoch. */
    public void lives(long life) {
        epoch = life;
    }

    private Future<Claim> claim(String method, LaneKey key, int limit, long bytes, InMemoryLane.Which which) {
        return call(method, () -> {
            Claim found = lane(key).claim(limit, bytes, which, config, now());
            Claim claim = new Claim(found.deliveries(), found.more(), found.expired(), found.coalesced(), epoch);
            plan(key);
            return claim;
        });
    }

    @Override
    public Future<Blocked> blockedKeys(LaneKey key) {
        return call("blockedKeys", () -> {
            Set<String> keys = lane(key).chains.keySet();
            return keys.size() > Blocked.MOST ? Blocked.ALL : new Blocked(false, Set.copyOf(keys));
        });
    }

    @Override
    public Future<Backlog> backlog(LaneKey key) {
        return call("backlog", () -> {
            InMemoryQueue.Parked first = lane(key).first();
            return new Backlog(
                    lane(key).parked.size(),
                    lane(key).bytes(),
                    first == null ? null : Instant.ofEpochMilli(first.since));
        });
    }

    @Override
    public Future<Void> rest(LaneKey key, Duration delay) {
        return call("rest", () -> look(key, delay));
    }

    private @Nullable Void look(LaneKey key, Duration delay) {
        InMemoryQueue.Parked first = lane(key).first();
        if (first == null) {
            wake.remove(key);
        } else if (first.isAsked()) {
            wake.put(key, first.due);
        } else {
            wake.put(key, now() + Math.max(lane(key).resting(now()), delay.toMillis()));
        }
        return null;
    }

    @Override
    public Future<Void> renew(LaneKey key, List<String> deliveryIds) {
        return call("renew", () -> {
            deliveryIds.forEach(id -> lane(key).renew(id, now() + config.lease().toMillis()));
            return null;
        });
    }

    /** This pod was taken for dead, and lives again. */
    public void beginAnew() {
        anew = true;
    }

    @Override
    public boolean isAnew() {
        return anew;
    }

    @Override
    public Future<Void> goOn(Map<LaneKey, List<String>> held) {
        return call("goOn", () -> {
            anew = false;
            held.values().forEach(goneOn::addAll);
            return null;
        });
    }

    /** What it held then. */
    public List<String> goneOn() {
        return goneOn;
    }

    @Override
    public void forgotten(String deliveryId) {
        forgotten.add(deliveryId);
    }

    /** What this pod held and said that it forgot. */
    public List<String> forgotten() {
        return forgotten;
    }

    @Override
    public Future<Void> rouse(LaneKey key) {
        return call("rouse", () -> look(key, Duration.ZERO));
    }

    @Override
    public Future<Void> release(LaneKey key) {
        return call("release", () -> {
            lane(key).release();
            return look(key, Duration.ZERO);
        });
    }

    @Override
    public Future<Void> sleep(LaneKey key) {
        return call("sleep", () -> {
            wake.remove(key);
            return null;
        });
    }

    @Override
    public Future<Integer> purge(LaneKey key) {
        return call("purge", () -> {
            wake.remove(key);
            return lane(key).purge();
        });
    }

    private static Duration rest(Outcome outcome) {
        if (outcome instanceof Outcome.Park park) {
            return park.rest();
        }
        return outcome instanceof Outcome.Bury bury ? bury.rest() : Duration.ZERO;
    }
}
