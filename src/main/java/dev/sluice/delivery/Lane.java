package dev.sluice.delivery;

import dev.sluice.delivery.policy.Circuit;
import dev.sluice.subscription.Webhook;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The queue, the circuit and the in-flight window of one webhook, on one pod. Decides; does nothing itself.
 *
 * <p>Confined to one event loop; not thread-safe. Times are monotonic nanoseconds.
 */
final class Lane {
    private final String webhookId;
    private final String tenant;
    private final Circuit circuit;
    private final Pace pace;

    // confined state
    private final Deque<Delivery> queue = new ArrayDeque<>();
    /** By identity: comparing deliveries would mean to compare their data. */
    private final Set<Delivery> inFlight = Collections.newSetFromMap(new IdentityHashMap<>());

    private @Nullable Webhook webhook;
    private long heldUntil;
    private long lastUsed;

    Lane(Webhook webhook, Circuit circuit, long now) {
        this.webhookId = webhook.id();
        this.tenant = webhook.tenant();
        this.webhook = webhook;
        this.circuit = circuit;
        this.pace = new Pace(now);
        this.heldUntil = now;
        this.lastUsed = now;
    }

    String webhookId() {
        return webhookId;
    }

    String tenant() {
        return tenant;
    }

    /** The latest that is known, or null if it is deleted. */
    @Nullable
    Webhook webhook() {
        return webhook;
    }

    /** Older news, and any after its deletion, change nothing: an event matched before may arrive after. */
    void changed(@Nullable Webhook latest) {
        if (webhook != null && (latest == null || latest.version() >= webhook.version())) {
            webhook = latest;
            if (latest != null) {
                circuit.limit(latest.pacing().maxInFlight());
            }
        }
    }

    /** @param limit how many deliveries the lane may hold now */
    Offer offer(Delivery delivery, long now, int limit) {
        lastUsed = now;
        if (webhook == null) {
            return Offer.GONE;
        }
        if (!webhook.enabled()) {
            return Offer.DISABLED;
        }
        if (holdNanos(now) > 0) {
            return Offer.HELD;
        }
        if (held() >= limit) {
            return Offer.FULL;
        }
        queue.add(delivery);
        return Offer.QUEUED;
    }

    Step next(long now) {
        if (queue.isEmpty() || webhook == null || !webhook.enabled()) {
            return Step.Rest.INSTANCE;
        }
        long hold = holdNanos(now);
        if (hold > 0) {
            return new Step.Yield(hold);
        }
        if (inFlight.size() >= Math.min(webhook.pacing().maxInFlight(), circuit.allowance(now))) {
            return Step.Rest.INSTANCE;
        }
        Delivery delivery = queue.remove();
        inFlight.add(delivery);
        circuit.started(now);
        return new Step.Attempt(delivery);
    }

    /** How long the lane may not run, from now; 0 if it may. */
    long holdNanos(long now) {
        long asked = heldUntil - now;
        long open = circuit.allowance(now) == 0 && inFlight.isEmpty() ? circuit.probeAt() - now : 0;
        return Math.max(0, Math.max(asked, open));
    }

    /** @param success the endpoint took it, or is at least alive */
    void finished(Delivery delivery, boolean success, long now) {
        inFlight.remove(delivery);
        pace.finished(now);
        lastUsed = now;
        if (success) {
            circuit.succeeded(now);
        } else {
            circuit.failed(now);
        }
    }

    /** The endpoint asked for rest: no attempt before that long from now. */
    void hold(long nanos, long now) {
        heldUntil = now + Math.max(nanos, heldUntil - now);
    }

    /** Takes everything that waits out of the lane, oldest first. */
    List<Delivery> evict() {
        return evictDownTo(0);
    }

    /** Takes the youngest out of the lane until it holds no more than the limit, or only what is in flight. */
    List<Delivery> evictDownTo(int limit) {
        Deque<Delivery> evicted = new ArrayDeque<>();
        while (!queue.isEmpty() && held() > limit) {
            evicted.addFirst(queue.removeLast());
        }
        return List.copyOf(evicted);
    }

    int held() {
        return queue.size() + inFlight.size();
    }

    int finishedLastSecond(long now) {
        return pace.lastSecond(now);
    }

    /**
     * How many more it has use for: while the circuit allows less than the webhook's window what it could start at once,
     * so that a claim for a probe takes one delivery, else what it has room for.
     */
    int appetite(long now, int limit) {
        if (webhook == null || !webhook.enabled() || holdNanos(now) > 0) {
            return 0;
        }
        int allowance = circuit.allowance(now);
        return Math.max(0, (allowance < webhook.pacing().maxInFlight() ? Math.min(allowance, limit) : limit) - held());
    }

    /** What it holds that is parked in Redis under a lease. */
    Set<String> parkedIds() {
        return Stream.concat(inFlight.stream(), queue.stream())
                .filter(Delivery::isParked)
                .map(Delivery::id)
                .collect(Collectors.toSet());
    }

    /** Nothing would be lost if this lane were made anew. */
    boolean isForgettable(long now, long idleNanos) {
        return held() == 0
                && now - lastUsed > idleNanos
                && holdNanos(now) == 0
                && circuit.state() == Circuit.State.CLOSED;
    }
}
