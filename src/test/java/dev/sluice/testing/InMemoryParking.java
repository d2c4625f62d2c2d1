package dev.sluice.testing;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Parking;
import dev.sluice.redis.RedisUnavailable;
import dev.sluice.subscription.Homes;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps the contract of {@link Parking} without Redis, on manual time; answers at once. One thread. */
public final class InMemoryParking implements Parking {
    private static final Duration WAKE_LEASE = Duration.ofSeconds(10);

    private final ManualTicker clock;
    private final Homes homes;
    private final Duration lease;

    private final Map<String, Parked> parked;
    private final Map<String, String> dead;
    private final Map<LaneKey, Long> wake;
    private final Map<LaneKey, Long> holds;
    private final Map<String, Integer> calls = new TreeMap<>();
    private boolean away;

    private static final class Parked {
        Delivery delivery;
        long due;
    }

    public InMemoryParking(ManualTicker clock, Homes homes, Duration lease) {
        this.clock = clock;
        this.homes = homes;
        this.lease = lease;
        this.parked = new TreeMap<>();
        this.dead = new TreeMap<>();
        this.wake = new HashMap<>();
        this.holds = new HashMap<>();
    }

    private InMemoryParking(InMemoryParking shared, Duration lease) {
        this.clock = shared.clock;
        this.homes = shared.homes;
        this.lease = lease;
        this.parked = shared.parked;
        this.dead = shared.dead;
        this.wake = shared.wake;
        this.holds = shared.holds;
    }

    /** The same place as another pod sees it, with calls and absences of its own. */
    public InMemoryParking withLease(Duration other) {
        return new InMemoryParking(this, other);
    }

    /** Every call fails until {@link #comeBack}. */
    public void goAway() {
        away = true;
    }

    public void comeBack() {
        away = false;
    }

    /** How often the method was called, also in vain. */
    public int calls(String method) {
        return calls.getOrDefault(method, 0);
    }

    public int parked() {
        return parked.size();
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
        calls.clear();
    }

    private <T> Future<T> call(String method, Supplier<T> work) {
        calls.merge(method, 1, Integer::sum);
        return away ? Future.failedFuture(new RedisUnavailable("away")) : Future.succeededFuture(work.get());
    }

    private long now() {
        return clock.passed().toMillis();
    }

    @Override
    public Future<Void> write(LaneKey lane, List<Outcome> outcomes, Duration hold) {
        return call("write", () -> {
            outcomes.forEach(this::write);
            if (!hold.isZero()) {
                holds.merge(lane, now() + hold.toMillis(), Math::max);
            }
            Parked first = first(lane);
            if (first != null) {
                wake.put(lane, Math.max(first.due, now() + held(lane)));
            }
            return null;
        });
    }

    private void write(Outcome outcome) {
        Delivery delivery = outcome.delivery();
        Parked known = parked.get(delivery.id());
        boolean mine = delivery.isParked()
                ? known != null && known.delivery.attempts() == outcome.found()
                : known == null && !dead.containsKey(delivery.id());
        if (!mine) {
            return;
        }
        if (outcome instanceof Outcome.Return returned) {
            known.due = returned.place();
        } else if (outcome instanceof Outcome.Park park) {
            Parked waiting = new Parked();
            waiting.delivery = delivery;
            waiting.due = now() + park.delay().toMillis();
            parked.put(delivery.id(), waiting);
        } else {
            parked.remove(delivery.id());
            if (outcome instanceof Outcome.Bury bury) {
                dead.put(delivery.id(), bury.reason());
            }
        }
    }

    private List<Parked> of(LaneKey lane) {
        return parked.values().stream()
                .filter(one -> one.delivery.webhookId().equals(lane.webhookId()))
                .sorted(Comparator.<Parked>comparingLong(one -> one.due).thenComparing(one -> one.delivery.id()))
                .toList();
    }

    private @Nullable Parked first(LaneKey lane) {
        List<Parked> waiting = of(lane);
        return waiting.isEmpty() ? null : waiting.get(0);
    }

    private long held(LaneKey lane) {
        return Math.max(0, holds.getOrDefault(lane, 0L) - now());
    }

    @Override
    public Future<List<LaneKey>> wake(int shard, int limit) {
        return call("wake", () -> {
            List<LaneKey> woken = wake.entrySet().stream()
                    .filter(entry -> homes.shardOf(entry.getKey().webhookId()) == shard && entry.getValue() <= now())
                    .sorted(Map.Entry.comparingByValue())
                    .limit(limit)
                    .map(Map.Entry::getKey)
                    .toList();
            woken.forEach(lane -> wake.put(lane, now() + WAKE_LEASE.toMillis()));
            return woken;
        });
    }

    @Override
    public Future<Claim> claim(LaneKey lane, int limit) {
        return call("claim", () -> {
            List<Claimed> claimed = new ArrayList<>();
            if (held(lane) == 0) {
                of(lane).stream().filter(one -> one.due <= now()).limit(limit).forEach(one -> {
                    claimed.add(claimed(one));
                    one.due = now() + lease.toMillis();
                });
            }
            Parked first = first(lane);
            if (first == null) {
                wake.remove(lane);
            } else {
                wake.put(lane, Math.max(first.due, now() + held(lane)));
            }
            return new Claim(claimed, first != null && first.due <= now() && held(lane) == 0);
        });
    }

    private static Claimed claimed(Parked one) {
        Delivery delivery = one.delivery;
        return new Claimed(delivery.id(), delivery.event(), delivery.attempts(), delivery.history(), one.due);
    }

    @Override
    public Future<Void> rest(LaneKey lane, Duration delay) {
        return call("rest", () -> look(lane, delay));
    }

    private @Nullable Void look(LaneKey lane, Duration delay) {
        if (first(lane) == null) {
            wake.remove(lane);
        } else {
            wake.put(lane, now() + Math.max(held(lane), delay.toMillis()));
        }
        return null;
    }

    @Override
    public Future<Void> renew(LaneKey lane, List<String> deliveryIds) {
        return call("renew", () -> {
            for (String id : deliveryIds) {
                Parked known = parked.get(id);
                if (known != null) {
                    known.due = Math.max(known.due, now() + lease.toMillis());
                }
            }
            return null;
        });
    }

    @Override
    public Future<Void> rouse(LaneKey lane) {
        return call("rouse", () -> look(lane, Duration.ZERO));
    }

    @Override
    public Future<Void> sleep(LaneKey lane) {
        return call("sleep", () -> {
            wake.remove(lane);
            return null;
        });
    }

    @Override
    public Future<Integer> purge(LaneKey lane) {
        return call("purge", () -> {
            List<Parked> gone = of(lane);
            gone.forEach(one -> parked.remove(one.delivery.id()));
            wake.remove(lane);
            holds.remove(lane);
            return gone.size();
        });
    }
}
