package dev.sluice.delivery.lane;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Delivery.Origin;
import dev.sluice.delivery.Tenure;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.delivery.policy.TokenBucket;
import dev.sluice.subscription.Webhook;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The queue and the throttle of one webhook, on one pod. Decides; does nothing itself.
 *
 * <p>Confined to one event loop; not thread-safe. Times are monotonic nanoseconds.
 *
 * <p>Of an ordered webhook at most one delivery of a key is ready or in flight. One that has to wait in Redis takes all
 * of its key with it, so that a key waits either here or there; see {@link BlockedKeys}.
 */
public final class Lane {
    private final String webhookId;
    private final String tenant;
    private final Throttle throttle;
    private final Load load;
    private final Lease lease;

    // confined state
    private final Waiting waiting = new Waiting();
    private final Set<Flight> inFlight = Collections.newSetFromMap(new IdentityHashMap<>());
    private final BlockedKeys blocked = new BlockedKeys();
    private final Evictions evictions;
    private final Claims claims;

    private @Nullable Webhook webhook;
    private long lastUsed;

    /**
     * @param leaseNanos how long Redis leaves to the lane what it claimed
     */
    public Lane(Webhook webhook, Throttle throttle, Load load, Tenure tenure, long leaseNanos, long now) {
        this.webhookId = webhook.id();
        this.tenant = webhook.tenant();
        this.webhook = webhook;
        this.throttle = throttle;
        this.load = load;
        this.lease = new Lease(tenure, leaseNanos, now);
        this.evictions = new Evictions(waiting, inFlight, blocked, load, lease);
        this.claims = new Claims(waiting, inFlight, lease);
        this.lastUsed = now;
    }

    public String webhookId() {
        return webhookId;
    }

    public String tenant() {
        return tenant;
    }

    public Throttle throttle() {
        return throttle;
    }

    public BlockedKeys blocked() {
        return blocked;
    }

    public Claims claims() {
        return claims;
    }

    /** The latest that is known, or null if it is deleted. */
    @Nullable
    public Webhook webhook() {
        return webhook;
    }

    /**
     * Older news, and any after its deletion, change nothing: an event matched before may arrive after. Answers whether the
     * webhook has another target now.
     */
    public boolean changed(@Nullable Webhook latest, long now) {
        Webhook former = webhook;
        boolean isOlder =
                former != null && latest != null && latest.isReadable() && latest.version() < former.version();
        if (former == null || isOlder) {
            return false;
        }
        webhook = latest;
        if (latest == null || latest.equals(former)) {
            return false;
        }
        throttle.changed(latest.pacing(), now);
        boolean moved = latest.hasOtherTarget(former);
        if (moved) {
            throttle.startOver(now);
        }
        return moved;
    }

    public Offer offer(Delivery delivery, long now) {
        lastUsed = now;
        if (webhook == null) {
            return Offer.GONE;
        }
        if (!webhook.isReadable()) {
            return Offer.UNREADABLE;
        }
        if (!webhook.sends()) {
            return webhook.enabled() ? Offer.PAUSED : Offer.DISABLED;
        }
        if (isBehindOthers(delivery)) {
            return Offer.BEHIND;
        }
        if (!delivery.isAsked() && restNanos(now) > 0) {
            return Offer.RESTING;
        }
        boolean isMore = !delivery.isAsked() && held() >= throttle.useful();
        if (isMore || !hasRoomFor(delivery, now)) {
            return Offer.FULL;
        }
        load.took(delivery);
        waiting.add(delivery);
        return Offer.QUEUED;
    }

    /** What starts at once needs no room to wait: the wire bounds it. */
    private boolean hasRoomFor(Delivery delivery, long now) {
        if (load.admits(delivery, now)) {
            return true;
        }
        boolean startsAtOnce = waiting.isEmpty() && throttle.room(now) > 0 && !load.isCrowded();
        return startsAtOnce && load.holdsNothingBeside(delivery);
    }

    /** What waits in Redis under a lease is the first of its key. */
    private boolean isBehindOthers(Delivery delivery) {
        return delivery.key() != null
                && delivery.origin() instanceof Origin.Journaled journaled
                && blocked.isBlocked(delivery.key(), journaled.epoch());
    }

    public Step next(long now) {
        if (waiting.isEmpty() || webhook == null || !webhook.sends()) {
            return Step.Rest.INSTANCE;
        }
        boolean isAsked = waiting.isNextAsked();
        long rest = isAsked ? 0 : restNanos(now);
        if (rest > 0) {
            return new Step.Yield(rest);
        }
        if (!isAsked && throttle.room(now) == 0) {
            return Step.Rest.INSTANCE;
        }
        long wait = throttle.waitNanos(now);
        if (wait > 0) {
            return wait == TokenBucket.NONE ? Step.Rest.INSTANCE : new Step.Later(wait);
        }
        Delivery delivery = waiting.peek();
        return delivery == null ? Step.Rest.INSTANCE : start(delivery, webhook, now);
    }

    /** @param delivery the next that may start */
    private Step start(Delivery delivery, Webhook target, long now) {
        if (isAnothers(delivery, now)) {
            waiting.poll();
            waiting.ended(delivery);
            load.left(delivery);
            return new Step.Forget(delivery);
        }
        long wire = load.send(delivery, target);
        if (wire == 0) {
            return Step.Crowded.INSTANCE;
        }
        waiting.poll();
        Flight flight = new Flight(delivery, wire, now, throttle.era());
        inFlight.add(flight);
        throttle.started(now);
        return new Step.Attempt(flight);
    }

    /**
     * Its reader lost the partition, or its lease may be over: it is placed again elsewhere, so it must not be sent from
     * here. Nor must it be given back, which would make it due though another pod is at work on it.
     */
    public boolean isAnothers(Delivery delivery, long now) {
        return lease.isAnothers(delivery, now);
    }

    /** Its reader lost the partition, or the life of this pod is over in which it was claimed: others may be at it. */
    public boolean isLost(Delivery delivery) {
        return lease.isLost(delivery);
    }

    /** How long the lane may not run, from now; 0 if it may. */
    public long restNanos(long now) {
        return throttle.restNanos(now);
    }

    /** Answers whether what the endpoint said is of the webhook's present target. */
    public boolean finished(Flight flight, Answer answer, long now) {
        inFlight.remove(flight);
        waiting.ended(flight.delivery());
        load.finished(flight, answer, now);
        lastUsed = now;
        boolean isPresent = flight.era == throttle.era();
        if (isPresent) {
            throttle.finished(flight.delivery().refused(), answer, now);
        }
        return isPresent;
    }

    /** Takes everything that waits out of the lane, oldest first. */
    public Eviction evict(long now) {
        return evictions.all(now);
    }

    /** Takes everything that waits out of the lane, for good. */
    public List<Delivery> clear() {
        return load.left(waiting.takeAll());
    }

    /** Takes the youngest out of the lane until it holds no more than it may by now, or only what is in flight. */
    public Eviction evictSurplus(long now) {
        return evictions.surplus(throttle.useful(), now);
    }

    /** Takes all of a key out that wait, since one of it goes to Redis. */
    public Eviction evictKey(String key, long now) {
        return evictions.key(key, now);
    }

    /** Writes down what has been under way for so long, so that it holds no credit of the fan-out any more. */
    public Eviction keepOlderThan(long nanos, long now) {
        return evictions.olderThan(nanos, now);
    }

    int held() {
        return load.holding().held();
    }

    public int waits() {
        return waiting.size();
    }

    /** How many more could start now if the rate were not limited; what a person asked for could, whatever else holds it. */
    public int room(long now) {
        return Math.max(waiting.isNextAsked() ? 1 : 0, throttle.room(now));
    }

    /**
     * How many more it has use for: while the circuit allows less than the webhook's window what it could start at once,
     * so that a claim for a probe takes one delivery, else what it has room for. None that would only wait for the wire.
     */
    public int appetite(long now) {
        if (webhook == null || !webhook.sends() || restNanos(now) > 0 || load.isCrowded()) {
            return 0;
        }
        int allowed = throttle.isWide(now) ? throttle.useful() : Math.min(throttle.allowance(now), throttle.useful());
        return Math.max(0, Math.min(allowed - held(), load.holding().room(now)));
    }

    /** How many bytes more it has room for. */
    public long appetiteBytes(long now) {
        return load.holding().roomBytes(now);
    }

    /** Half of what it may hold is free. */
    public boolean isHungry(long now) {
        return load.holding().isHungry(throttle.useful(), now);
    }

    /** Nothing is to be done about it before something comes. */
    public boolean isAtRest() {
        return held() == 0 && !blocked.shouldAsk();
    }

    /** Nothing would be lost if this lane were made anew. */
    public boolean isForgettable(long now, long idleNanos) {
        return held() == 0
                && now - lastUsed > idleNanos
                && restNanos(now) == 0
                && throttle.pace().pace(now) == null
                && throttle.circuit() == Circuit.State.CLOSED;
    }
}
