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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps the contract of {@link Parking} without Redis, on manual time; answers at once, or when it is told. One thread. */
public final class InMemoryParking extends InMemoryCalls implements Parking {
    private static final int ASKED_AT_ONCE = 16;

    private final ManualTicker clock;
    private final Homes homes;
    private final ParkingConfig config;

    private final Map<LaneKey, InMemoryLane> lanes;
    private final Map<String, String> dead;
    private final InMemoryWake wake;
    private final InMemoryRests rests;

    private final List<String> forgotten = new ArrayList<>();
    private final List<String> goneOn = new ArrayList<>();
    private boolean anew;
    private long epoch;

    public InMemoryParking(ManualTicker clock, Homes homes, Duration lease) {
        this(
                clock,
                homes,
                DeliveryConfigs.parking(lease),
                new HashMap<>(),
                new TreeMap<>(),
                new InMemoryWake(),
                new InMemoryRests());
    }

    private InMemoryParking(
            ManualTicker clock,
            Homes homes,
            ParkingConfig config,
            Map<LaneKey, InMemoryLane> lanes,
            Map<String, String> dead,
            InMemoryWake wake,
            InMemoryRests rests) {
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
        return new InMemoryParking(clock, homes, other, lanes, dead, wake, rests.ofAnotherPod());
    }

    @Override
    public void goAway() {
        rests.forget();
        super.goAway();
    }

    /** As if a person wanted it to be tried now. */
    public void ask(LaneKey lane, String deliveryId) {
        lane(lane).ask(deliveryId, now());
        wake.plan(lane, lane(lane), now());
    }

    public int parked() {
        return lanes.values().stream().mapToInt(InMemoryLane::size).sum();
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
        forgetCalls();
    }

    /** As if it had been parked for longer than any limit. */
    public void makeOld(LaneKey key, String deliveryId) {
        lane(key).makeOld(deliveryId);
    }

    private long now() {
        return clock.passed().toMillis();
    }

    private InMemoryLane lane(LaneKey key) {
        return lanes.computeIfAbsent(key, fresh -> new InMemoryLane(dead));
    }

    @Override
    public Future<Written> write(LaneKey key, List<Outcome> outcomes, Duration wanted, BooleanSupplier isOwn) {
        return call("write", () -> {
                    Duration rest = InMemoryRests.longest(outcomes);
                    if (!rest.isZero()) {
                        rests.add(homes.shardOf(key.webhookId()), key, now() + rest.toMillis());
                    }
                    Duration longest = wanted.compareTo(rest) >= 0 ? wanted : rest;
                    Written written = lane(key).write(outcomes, longest, config, now());
                    if (lane(key).first() != null) {
                        wake.plan(key, lane(key), now());
                    }
                    return written;
                })
                .map(done -> new Written(
                        done.coalesced(), done.overflowed(), done.expired(), done.more(), call("keep", () -> null)));
    }

    @Override
    public Future<Woken> wake(int shard, int limit) {
        return call("wake", () -> {
            // days of manual time are looks that find nothing
            if (wake.isQuiet(now()) && rests.isQuiet(shard)) {
                return new Woken(List.of(), List.of(), List.of(), false);
            }
            List<LaneKey> woken = wake.due(lane -> homes.shardOf(lane.webhookId()) == shard, limit, now());
            Map<Boolean, List<LaneKey>> asked = woken.stream().collect(Collectors.partitioningBy(wake::isAsked));
            woken.forEach(lane -> wake.lease(lane, now()));
            List<InMemoryRests.Asked> untold = rests.untold(shard, limit);
            List<Resting> resting = untold.stream()
                    .filter(one -> one.until() > now())
                    .map(one -> new Resting(one.lane(), Duration.ofMillis(one.until() - now())))
                    .toList();
            boolean more = woken.size() == limit || untold.size() == limit;
            return new Woken(asked.get(false), asked.get(true), resting, more);
        });
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
            wake.plan(key, lane(key), now());
            return claim;
        });
    }

    @Override
    public Future<Blocked> blockedKeys(LaneKey key) {
        return call("blockedKeys", () -> {
            Set<String> keys = lane(key).keys();
            return keys.size() > Blocked.MOST ? Blocked.ALL : new Blocked(false, Set.copyOf(keys));
        });
    }

    @Override
    public Future<Backlog> backlog(LaneKey key) {
        return call("backlog", () -> {
            InMemoryQueue.Parked first = lane(key).first();
            return new Backlog(
                    lane(key).size(), lane(key).bytes(), first == null ? null : Instant.ofEpochMilli(first.since));
        });
    }

    @Override
    public Future<Void> rest(LaneKey key, Duration delay) {
        return call("rest", () -> look(key, delay));
    }

    private @Nullable Void look(LaneKey key, Duration delay) {
        wake.look(key, lane(key), delay, now());
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
            wake.sleep(key);
            return null;
        });
    }

    @Override
    public Future<Integer> purge(LaneKey key) {
        return call("purge", () -> {
            wake.sleep(key);
            return lane(key).purge();
        });
    }
}
