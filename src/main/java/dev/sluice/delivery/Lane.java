package dev.sluice.delivery;

import dev.sluice.delivery.Delivery.Origin;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.delivery.policy.Tokens;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.subscription.Webhook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The queue and the throttle of one webhook, on one pod. Decides; does nothing itself.
 *
 * <p>Confined to one event loop; not thread-safe. Times are monotonic nanoseconds.
 *
 * <p>Of an ordered webhook at most one delivery of a key is ready or in flight. One that has to wait in Redis takes all
 * of its key with it, so that a key waits either here or there; see {@link BlockedKeys}.
 */
final class Lane {
    private static final int LEAST_USEFUL = 16;

    private final String webhookId;
    private final String tenant;
    private final Throttle throttle;
    private final LongPredicate holdsEpoch;
    private final Pace pace;

    // confined state
    private final Waiting waiting = new Waiting();
    private final Set<Flight> inFlight = Collections.newSetFromMap(new IdentityHashMap<>());
    private final BlockedKeys blocked = new BlockedKeys();

    private @Nullable Webhook webhook;
    private long lastUsed;

    /** @param holdsEpoch whether the reader of that epoch still has its partition */
    Lane(Webhook webhook, Throttle throttle, LongPredicate holdsEpoch, long now) {
        this.webhookId = webhook.id();
        this.tenant = webhook.tenant();
        this.webhook = webhook;
        this.throttle = throttle;
        this.holdsEpoch = holdsEpoch;
        this.pace = new Pace(now);
        this.lastUsed = now;
    }

    String webhookId() {
        return webhookId;
    }

    String tenant() {
        return tenant;
    }

    Throttle throttle() {
        return throttle;
    }

    BlockedKeys blocked() {
        return blocked;
    }

    /** The latest that is known, or null if it is deleted. */
    @Nullable
    Webhook webhook() {
        return webhook;
    }

    /** Older news, and any after its deletion, change nothing: an event matched before may arrive after. */
    void changed(@Nullable Webhook latest) {
        if (webhook != null && (latest == null || latest.version() >= webhook.version())) {
            if (latest != null && !latest.equals(webhook)) {
                throttle.changed(latest.pacing());
            }
            webhook = latest;
        }
    }

    /** @param limit how many deliveries the lane may hold now */
    Offer offer(Delivery delivery, long now, int limit) {
        lastUsed = now;
        if (webhook == null) {
            return Offer.GONE;
        }
        if (!webhook.sends()) {
            return webhook.enabled() ? Offer.PAUSED : Offer.DISABLED;
        }
        if (isBehindOthers(delivery)) {
            return Offer.BEHIND;
        }
        if (holdNanos(now) > 0) {
            return Offer.HELD;
        }
        if (held() >= limit) {
            return Offer.FULL;
        }
        waiting.add(delivery);
        return Offer.QUEUED;
    }

    /** What waits in Redis under a lease is the first of its key. */
    private boolean isBehindOthers(Delivery delivery) {
        return delivery.key() != null
                && delivery.origin() instanceof Origin.Journaled journaled
                && blocked.isBlocked(delivery.key(), journaled.epoch());
    }

    Step next(long now) {
        if (waiting.isEmpty() || webhook == null || !webhook.sends()) {
            return Step.Rest.INSTANCE;
        }
        long hold = holdNanos(now);
        if (hold > 0) {
            return new Step.Yield(hold);
        }
        if (inFlight.size() >= throttle.allowance(now)) {
            return Step.Rest.INSTANCE;
        }
        long wait = throttle.waitNanos(now);
        if (wait > 0) {
            return wait == Tokens.NONE ? Step.Rest.INSTANCE : new Step.Later(wait);
        }
        Delivery delivery = waiting.poll();
        if (delivery == null) {
            return Step.Rest.INSTANCE;
        }
        if (isLost(delivery)) {
            waiting.ended(delivery);
            return new Step.Forget(delivery);
        }
        Flight flight = new Flight(delivery, now);
        inFlight.add(flight);
        throttle.started(now);
        return new Step.Attempt(flight);
    }

    private boolean isLost(Delivery delivery) {
        return delivery.origin() instanceof Origin.Journaled journaled
                && journaled.epoch() != 0
                && !holdsEpoch.test(journaled.epoch());
    }

    /** How long the lane may not run, from now; 0 if it may. */
    long holdNanos(long now) {
        return throttle.holdNanos(now, inFlight.isEmpty());
    }

    void finished(Flight flight, Answer answer, long now) {
        inFlight.remove(flight);
        waiting.ended(flight.delivery());
        pace.finished(now);
        lastUsed = now;
        throttle.finished(answer, now);
    }

    /** Takes everything that waits out of the lane, oldest first. */
    Eviction evict() {
        return leaving(waiting.takeAll());
    }

    /** Takes everything that waits out of the lane, for good. */
    List<Delivery> clear() {
        return waiting.takeAll();
    }

    /** Takes the youngest out of the lane until it holds no more than the limit, or only what is in flight. */
    Eviction evictDownTo(int limit) {
        return leaving(waiting.takeDownTo(limit - inFlight.size()));
    }

    /** Takes all of a key out that wait, since one of it goes to Redis. */
    Eviction evictKey(String key) {
        blocked.block(key);
        return leaving(waiting.takeKey(key));
    }

    /** What was placed by a reader that lost its partition goes nowhere: it is placed again elsewhere. */
    private Eviction leaving(List<Delivery> leaving) {
        List<Delivery> park = leaving.stream().filter(one -> !isLost(one)).toList();
        Set<String> keys =
                park.stream().map(Delivery::key).flatMap(Stream::ofNullable).collect(Collectors.toSet());
        int lost = leaving.size() - park.size();
        if (keys.isEmpty()) {
            return leaving.isEmpty() ? Eviction.NONE : new Eviction(List.of(), park, lost);
        }
        keys.forEach(blocked::block);
        List<Delivery> keep = new ArrayList<>();
        for (Flight flight : inFlight) {
            Delivery delivery = flight.delivery();
            if (delivery.key() != null && keys.contains(delivery.key()) && !delivery.isParked()) {
                keep.add(flight.keep());
            }
        }
        return new Eviction(keep, park, lost);
    }

    /** Writes down what has been under way for so long, so that it holds no credit of the fan-out any more. */
    Eviction keepOlderThan(long nanos, long now) {
        List<Delivery> keep = new ArrayList<>();
        List<Delivery> park = new ArrayList<>();
        for (Flight flight : inFlight) {
            Delivery delivery = flight.delivery();
            if (!delivery.isParked() && now - flight.startedAt >= nanos && !isLost(delivery)) {
                keep.add(flight.keep());
                if (delivery.key() != null) {
                    blocked.block(delivery.key());
                    park.addAll(waiting.takeKey(delivery.key()));
                }
            }
        }
        return keep.isEmpty() ? Eviction.NONE : new Eviction(keep, park, 0);
    }

    int held() {
        return waiting.size() + inFlight.size();
    }

    int waits() {
        return waiting.size();
    }

    /** How many more could start now if the rate were not limited. */
    int room(long now) {
        return Math.max(0, throttle.allowance(now) - inFlight.size());
    }

    /** More than this would only wait: what a limited rate lets through in two seconds, and some. */
    int useful() {
        RateLimit limit = throttle.rateLimit();
        if (limit == null) {
            return Integer.MAX_VALUE;
        }
        long perSecond =
                (long) limit.limit() * 1000 / Math.max(1, limit.period().toMillis());
        return (int) Math.min(Integer.MAX_VALUE, LEAST_USEFUL + 2 * perSecond + limit.burst());
    }

    int finishedLastSecond(long now) {
        return pace.lastSecond(now);
    }

    /**
     * How many more it has use for: while the circuit allows less than the webhook's window what it could start at once,
     * so that a claim for a probe takes one delivery, else what it has room for.
     */
    int appetite(long now, int limit) {
        if (webhook == null || !webhook.sends() || holdNanos(now) > 0) {
            return 0;
        }
        int room = throttle.isWide(now) ? limit : Math.min(throttle.allowance(now), limit);
        return Math.max(0, room - held());
    }

    /** What it holds that is parked in Redis under a lease. */
    Set<String> parkedIds() {
        return Stream.concat(inFlight.stream().map(Flight::delivery), waiting.stream())
                .filter(Delivery::isParked)
                .map(Delivery::id)
                .collect(Collectors.toSet());
    }

    /** Nothing would be lost if this lane were made anew. */
    boolean isForgettable(long now, long idleNanos) {
        return held() == 0
                && now - lastUsed > idleNanos
                && holdNanos(now) == 0
                && throttle.circuit() == Circuit.State.CLOSED;
    }
}
