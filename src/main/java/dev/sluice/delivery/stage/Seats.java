package dev.sluice.delivery.stage;

import dev.sluice.delivery.DeliveryListener;
import dev.sluice.delivery.History;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Tenure;
import dev.sluice.delivery.lane.Lane;
import dev.sluice.delivery.lane.Load;
import dev.sluice.delivery.lane.Throttle;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.delivery.policy.CircuitListener;
import dev.sluice.delivery.share.Pots;
import dev.sluice.subscription.Webhook;
import dev.sluice.time.Chore;
import dev.sluice.time.Jitter;
import dev.sluice.time.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes of one event loop. Most of many rest: they hold nothing and wait for nothing, and only those that do not are
 * looked at. Confined to that loop.
 */
final class Seats {
    private static final Logger LOG = LoggerFactory.getLogger(Seats.class);
    private static final long FORGET_AFTER = Duration.ofMinutes(1).toNanos();

    private final Makers makers;
    private final Ticker ticker;
    private final Jitter jitter;
    private final History history;
    private final DeliveryListener listener;
    private final Runnable whenBusy;

    // confined state
    private final Map<String, Seat> seats = new HashMap<>();
    private final Set<Seat> busy = new LinkedHashSet<>();
    /** The others, those that rest longest first. */
    private final Set<Seat> resting = new LinkedHashSet<>();

    interface CircuitMaker {
        /** @param limit attempts under way at once */
        Circuit make(int limit, CircuitListener listener);
    }

    /**
     * What each lane is made with.
     *
     * @param mostTransformed bytes of the result of a transformation, at most
     */
    record Makers(CircuitMaker circuits, Pots pots, int mostTransformed, Tenure tenure, long leaseNanos) {}

    /** @param whenBusy told of each lane that may have something to do, after it had not */
    Seats(Makers makers, Ticker ticker, Jitter jitter, History history, DeliveryListener listener, Runnable whenBusy) {
        this.makers = makers;
        this.ticker = ticker;
        this.jitter = jitter;
        this.history = history;
        this.listener = listener;
        this.whenBusy = whenBusy;
    }

    /** The seat of a webhook, as new as the webhook that is given. */
    Seat of(Webhook webhook) {
        Seat seat = seats.get(webhook.id());
        if (seat == null) {
            seat = open(webhook);
        } else {
            seat.lane.changed(webhook, ticker.nanos());
        }
        if (!seat.busy) {
            seat.busy = true;
            busy.add(seat);
            resting.remove(seat);
            whenBusy.run();
        }
        return seat;
    }

    private Seat open(Webhook webhook) {
        long now = ticker.nanos();
        Circuit circuit = makers.circuits().make(webhook.pacing().maxInFlight(), (from, to, reason) -> {
            listener.circuits(from, -1);
            listener.circuits(to, 1);
            history.circuit(new LaneKey(webhook.id(), webhook.tenant()), to, reason);
            tell(webhook, from, to, reason);
        });
        Throttle throttle = new Throttle(webhook.pacing(), circuit, jitter, now);
        Load load = new Load(makers.pots(), makers.mostTransformed(), now);
        Seat seat = new Seat(new Lane(webhook, throttle, load, makers.tenure(), makers.leaseNanos(), now));
        seats.put(webhook.id(), seat);
        listener.lanes(1);
        listener.circuits(Circuit.State.CLOSED, 1);
        return seat;
    }

    /** Of the probes of an endpoint that stays away nothing is told: they are in its history. */
    private static void tell(Webhook webhook, Circuit.State from, Circuit.State to, String reason) {
        boolean hasOpened = from == Circuit.State.CLOSED && to == Circuit.State.OPEN;
        if (hasOpened || to == Circuit.State.CLOSED) {
            (hasOpened ? LOG.atWarn() : LOG.atInfo())
                    .addKeyValue("webhook", webhook.id())
                    .addKeyValue("tenant", webhook.tenant())
                    .addKeyValue("reason", reason)
                    .log(
                            hasOpened
                                    ? "circuit opened: the endpoint is probed, and what is for it waits"
                                    : "circuit closed");
        }
    }

    @Nullable
    Seat find(String webhookId) {
        return seats.get(webhookId);
    }

    Collection<Seat> all() {
        return List.copyOf(seats.values());
    }

    /** Those that have something to do, or may have since the last call. */
    Collection<Seat> busy(long now) {
        for (Iterator<Seat> all = busy.iterator(); all.hasNext(); ) {
            Seat seat = all.next();
            if (seat.lane.isAtRest()) {
                all.remove();
                seat.busy = false;
                seat.restsSince = now;
                resting.add(seat);
            }
        }
        return List.copyOf(busy);
    }

    /** Looks at those that rest since long. Whose circuit is open, or that is asked to wait, is looked at later again. */
    void forgetIdle(long now) {
        while (!resting.isEmpty()) {
            Seat seat = resting.iterator().next();
            if (now - seat.restsSince <= FORGET_AFTER) {
                return;
            }
            resting.remove(seat);
            if (seat.lane.isForgettable(now, FORGET_AFTER)) {
                seats.remove(seat.lane.webhookId());
                listener.lanes(-1);
                listener.paced(seat.isPaced ? -1 : 0);
                listener.circuits(Circuit.State.CLOSED, -1);
            } else {
                seat.restsSince = now;
                resting.add(seat);
            }
        }
    }

    /** In how many nanoseconds there is something to look at: a lane that is busy, or one that may be forgotten. */
    long untilTick(long now) {
        if (!busy.isEmpty()) {
            return 0;
        }
        return resting.isEmpty() ? Chore.REST : resting.iterator().next().restsSince + FORGET_AFTER + 1 - now;
    }

    /** The parked deliveries that this loop holds a lease on, by lane. */
    Map<LaneKey, List<String>> leased(long now) {
        Map<LaneKey, List<String>> leased = new HashMap<>();
        for (Seat seat : busy) { // what rests holds nothing
            Set<String> ids = seat.lane.claims().leasedIds(now);
            if (!ids.isEmpty()) {
                leased.put(seat.key, List.copyOf(ids));
            }
        }
        return leased;
    }
}
