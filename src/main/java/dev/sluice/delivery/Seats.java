package dev.sluice.delivery;

import dev.sluice.delivery.Parking.LaneKey;
import dev.sluice.delivery.history.History;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.delivery.policy.CircuitListener;
import dev.sluice.subscription.Webhook;
import dev.sluice.time.Jitter;
import dev.sluice.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The lanes of one event loop, and how much each of them may hold. Confined to that loop. */
final class Seats {
    private static final long FORGET_AFTER = Duration.ofMinutes(1).toNanos();

    private final Share share;
    private final CircuitMaker circuits;
    private final LongPredicate holdsEpoch;
    private final Ticker ticker;
    private final Jitter jitter;
    private final History history;
    private final DeliveryListener listener;

    // confined state
    private final Map<String, Seat> seats = new HashMap<>();
    /** Deliveries in all lanes that hold credit of the fan-out. */
    private int held;

    /** Attempts under way that were written down, and hold none. */
    private int kept;

    interface CircuitMaker {
        /** @param limit attempts under way at once */
        Circuit make(int limit, CircuitListener listener);
    }

    Seats(
            Share share,
            CircuitMaker circuits,
            LongPredicate holdsEpoch,
            Ticker ticker,
            Jitter jitter,
            History history,
            DeliveryListener listener) {
        this.share = share;
        this.circuits = circuits;
        this.holdsEpoch = holdsEpoch;
        this.ticker = ticker;
        this.jitter = jitter;
        this.history = history;
        this.listener = listener;
    }

    /** The seat of a webhook, as new as the webhook that is given. */
    Seat of(Webhook webhook) {
        Seat seat = seats.get(webhook.id());
        if (seat == null) {
            seat = open(webhook);
        } else {
            seat.lane.changed(webhook);
        }
        return seat;
    }

    private Seat open(Webhook webhook) {
        long now = ticker.nanos();
        Circuit circuit = circuits.make(webhook.pacing().maxInFlight(), (from, to, reason) -> {
            listener.circuits(from, -1);
            listener.circuits(to, 1);
            history.circuit(new LaneKey(webhook.id(), webhook.tenant()), to, reason);
        });
        Throttle throttle = new Throttle(webhook.pacing(), circuit, jitter, now);
        Seat seat = new Seat(new Lane(webhook, throttle, holdsEpoch, now));
        seats.put(webhook.id(), seat);
        listener.lanes(1);
        listener.circuits(Circuit.State.CLOSED, 1);
        return seat;
    }

    @Nullable
    Seat find(String webhookId) {
        return seats.get(webhookId);
    }

    Collection<Seat> all() {
        return List.copyOf(seats.values());
    }

    void came() {
        held++;
    }

    void left(int deliveries) {
        held -= deliveries;
    }

    void left(Eviction eviction) {
        held -= eviction.park().size() + eviction.keep().size() + eviction.lost();
        kept += eviction.keep().size();
    }

    void ended(Flight flight) {
        if (flight.isKept()) {
            kept--;
        } else {
            held--;
        }
    }

    /** What was written down while it is under way holds memory, though no credit: it is bounded like the credit. */
    boolean mayKeep() {
        return kept < share.pool();
    }

    int limit(Seat seat, long now) {
        int limit = share.limit(held - seat.lane.held(), seat.lane.finishedLastSecond(now));
        return Math.min(limit, seat.lane.useful());
    }

    boolean isHungry(Seat seat, long now) {
        return seat.lane.held() <= limit(seat, now) / 2;
    }

    void forgetIdle(long now) {
        List<Seat> idle = new ArrayList<>();
        for (Seat seat : seats.values()) {
            if (seat.lane.isForgettable(now, FORGET_AFTER)) {
                idle.add(seat);
            }
        }
        for (Seat seat : idle) {
            seats.remove(seat.lane.webhookId());
            listener.lanes(-1);
            listener.circuits(Circuit.State.CLOSED, -1);
        }
    }

    /** The parked deliveries that this loop holds a lease on, by lane. */
    Map<LaneKey, List<String>> leased() {
        Map<LaneKey, List<String>> leased = new HashMap<>();
        for (Seat seat : seats.values()) {
            Set<String> ids = seat.lane.parkedIds();
            if (!ids.isEmpty()) {
                leased.put(seat.key, List.copyOf(ids));
            }
        }
        return leased;
    }
}
