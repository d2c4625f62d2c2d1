package dev.sluice.delivery;

import dev.sluice.delivery.Delivery.Origin;
import dev.sluice.delivery.DeliveryListener.ParkReason;
import dev.sluice.delivery.Parking.LaneKey;
import dev.sluice.delivery.Parking.Outcome;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.delivery.policy.RetryRule;
import dev.sluice.delivery.policy.Verdict;
import dev.sluice.delivery.send.Attempt;
import dev.sluice.delivery.send.Sender;
import dev.sluice.subscription.Match;
import dev.sluice.subscription.Matches;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.WebhookChanged;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All lanes of one event loop: does what they decide. Confined to that loop; not thread-safe.
 *
 * <p>Every delivery that comes in leaves once: delivered, parked, dead or cancelled.
 */
final class Lanes {
    /** For an endpoint that is asked too much and does not say how long it wants to be left alone. */
    private static final Duration BREATHER = Duration.ofSeconds(1);

    private static final long FORGET_AFTER = Duration.ofMinutes(1).toNanos();

    private final Sender sender;
    private final Verdicts verdicts;
    private final Ledger ledger;
    private final Settlements settlements;
    private final Setup setup;
    private final DeliveryListener listener;

    // confined state
    private final Map<String, Seat> seats = new HashMap<>();
    private int held;
    private int inFlight;
    private @Nullable Promise<Void> draining;
    private boolean fed = true;

    /** A lane, and what the shell needs to drive it. */
    private static final class Seat {
        final Lane lane;
        final LaneKey key;
        boolean pumping;
        Runnable whenHungry = () -> {};

        Seat(Lane lane) {
            this.lane = lane;
            this.key = new LaneKey(lane.webhookId(), lane.tenant());
        }
    }

    /** What a lane is made of, and what all share. */
    record Setup(Share share, CircuitMaker circuits, Ticker ticker) {}

    interface CircuitMaker {
        /** @param limit attempts under way at once */
        Circuit make(int limit);
    }

    Lanes(
            Sender sender,
            Verdicts verdicts,
            Ledger ledger,
            Settlements settlements,
            Setup setup,
            DeliveryListener listener) {
        this.sender = sender;
        this.verdicts = verdicts;
        this.ledger = ledger;
        this.settlements = settlements;
        this.setup = setup;
        this.listener = listener;
    }

    void place(Matches matches) {
        for (Match match : matches.matches()) {
            for (Webhook webhook : match.webhooks()) {
                listener.placed();
                place(seat(webhook), Delivery.journaled(match.event(), webhook.id(), matches.fanout(), match.ticket()));
            }
        }
    }

    /** Deliveries that were parked, and are leased to this pod. */
    void placeClaimed(Webhook webhook, List<Parking.Claimed> claimed) {
        Seat seat = seat(webhook);
        Set<String> known = seat.lane.parkedIds();
        for (Parking.Claimed one : claimed) {
            if (known.contains(one.id())) {
                continue; // its lease ran out while Redis could not be told to renew it; now it is renewed
            }
            listener.claimed();
            place(
                    seat,
                    new Delivery(
                            one.id(),
                            one.event(),
                            webhook.id(),
                            null,
                            one.attempts(),
                            one.history(),
                            new Origin.Parked(one.place())));
        }
    }

    private void place(Seat seat, Delivery delivery) {
        long now = setup.ticker().nanos();
        if (draining != null) {
            park(seat, delivery, Duration.ZERO, ParkReason.DRAIN);
            return;
        }
        switch (seat.lane.offer(delivery, now, limit(seat, now))) {
            case QUEUED -> {
                held++;
                pump(seat);
            }
            case FULL -> park(seat, delivery, Duration.ZERO, ParkReason.FULL);
            case HELD -> park(seat, delivery, Duration.ofNanos(seat.lane.holdNanos(now)), ParkReason.HELD);
            case DISABLED -> park(seat, delivery, Duration.ZERO, ParkReason.DISABLED);
            case GONE -> cancel(seat, delivery);
        }
    }

    private void pump(Seat seat) {
        if (seat.pumping) {
            return; // an attempt that ended at once re-enters here; the loop below goes on
        }
        seat.pumping = true;
        try {
            while (advance(seat)) {
                // until the lane rests
            }
        } finally {
            seat.pumping = false;
        }
    }

    private boolean advance(Seat seat) {
        Step step = seat.lane.next(setup.ticker().nanos());
        if (step instanceof Step.Attempt attempt) {
            attempt(seat, attempt.delivery());
            return true;
        }
        if (step instanceof Step.Yield yield) {
            evict(seat, seat.lane.evict(), Duration.ofNanos(yield.holdNanos()), ParkReason.HELD);
        }
        return false;
    }

    private void attempt(Seat seat, Delivery delivery) {
        Webhook webhook = seat.lane.webhook();
        if (webhook == null) {
            return; // a lane without webhook starts nothing
        }
        inFlight++;
        listener.inFlight(1);
        sender.send(new Attempt(delivery.event(), webhook, delivery.attempts() + 1))
                .onSuccess(answer -> answered(seat, webhook, delivery, answer));
    }

    private void answered(Seat seat, Webhook webhook, Delivery delivery, Answer answer) {
        long now = setup.ticker().nanos();
        Verdict verdict = verdicts.of(answer, webhook, delivery.attempts() + 1);
        seat.lane.finished(delivery, !RetryRule.isUnhealthy(answer), now);
        held--;
        inFlight--;
        listener.inFlight(-1);
        listener.attempted(answer);
        conclude(seat, webhook, delivery, answer, verdict);
        pump(seat);
        if (draining == null && seat.lane.held() <= limit(seat, now) / 2) {
            seat.whenHungry.run();
        }
        endDrain();
    }

    private void conclude(Seat seat, Webhook webhook, Delivery delivery, Answer answer, Verdict verdict) {
        if (verdict instanceof Verdict.Delivered) {
            listener.delivered();
            settlements.settled(delivery);
            if (delivery.isParked()) {
                ledger.write(seat.key, new Outcome.Finish(delivery), Duration.ZERO);
            }
            return;
        }
        Delivery tried = verdicts.tried(delivery, answer);
        if (verdict instanceof Verdict.Retry retry) {
            if (retry.slowsLane()) {
                Duration rest = retry.laneRest().isZero() ? BREATHER : retry.laneRest();
                seat.lane.hold(rest.toNanos(), setup.ticker().nanos());
            }
            listener.parked(ParkReason.RETRY);
            ledger.write(seat.key, new Outcome.Park(tried, delivery.attempts(), retry.delay()), hold(seat));
        } else if (verdict instanceof Verdict.Dead dead) {
            listener.died();
            ledger.write(seat.key, new Outcome.Bury(tried, delivery.attempts(), dead.reason()), Duration.ZERO);
            if (dead.disablesWebhook()) {
                verdicts.disable(webhook, dead.reason());
            }
        }
    }

    private Duration hold(Seat seat) {
        return Duration.ofNanos(seat.lane.holdNanos(setup.ticker().nanos()));
    }

    private void park(Seat seat, Delivery delivery, Duration hold, ParkReason reason) {
        listener.parked(reason);
        ledger.write(seat.key, untried(delivery), hold);
    }

    /** What waited before keeps its place, before all that came after it. */
    private static Outcome untried(Delivery delivery) {
        return delivery.origin() instanceof Origin.Parked parked
                ? new Outcome.Return(delivery, parked.place())
                : new Outcome.Park(delivery, delivery.attempts(), Duration.ZERO);
    }

    private void cancel(Seat seat, Delivery delivery) {
        listener.cancelled();
        settlements.settled(delivery);
        if (delivery.isParked()) {
            ledger.write(seat.key, new Outcome.Finish(delivery), Duration.ZERO);
        }
    }

    private void evict(Seat seat, List<Delivery> evicted, Duration hold, ParkReason reason) {
        held -= evicted.size();
        for (Delivery delivery : evicted) {
            park(seat, delivery, hold, reason);
        }
    }

    void changed(WebhookChanged change) {
        Seat seat = seats.get(change.id());
        if (seat == null) {
            return;
        }
        seat.lane.changed(change.webhook());
        Webhook latest = seat.lane.webhook();
        if (latest == null) {
            List<Delivery> evicted = seat.lane.evict();
            held -= evicted.size();
            evicted.forEach(delivery -> cancel(seat, delivery));
        } else if (latest.enabled()) {
            pump(seat);
        } else {
            evict(seat, seat.lane.evict(), Duration.ZERO, ParkReason.DISABLED);
        }
    }

    /** How many parked deliveries the webhook's lane would take now; 0 with {@link #restOf} telling for how long. */
    int appetite(Webhook webhook) {
        if (draining != null) {
            return 0;
        }
        Seat seat = seat(webhook);
        long now = setup.ticker().nanos();
        return seat.lane.appetite(now, limit(seat, now));
    }

    /** How long the lane may not run; zero if it is only full. */
    Duration restOf(Webhook webhook) {
        return hold(seat(webhook));
    }

    /** Runs the action each time the lane has become half empty. */
    void whenHungry(Webhook webhook, Runnable action) {
        seat(webhook).whenHungry = action;
    }

    /** Several times a second: gives back what slow lanes hold too much of, and forgets idle ones. */
    void tick() {
        long now = setup.ticker().nanos();
        List<Seat> idle = new ArrayList<>();
        for (Seat seat : seats.values()) {
            int limit = limit(seat, now);
            if (seat.lane.held() > limit) {
                evict(seat, seat.lane.evictDownTo(limit), hold(seat), ParkReason.FULL);
            } else if (seat.lane.isForgettable(now, FORGET_AFTER)) {
                idle.add(seat);
            } else {
                pump(seat);
            }
        }
        idle.forEach(seat -> {
            seats.remove(seat.lane.webhookId());
            listener.lanes(-1);
        });
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

    /**
     * Starts no more attempts, parks what waits, and completes when nothing is in flight or unwritten.
     *
     * @param claimed completes when nothing more is placed that was claimed
     */
    Future<Void> drain(Future<Void> claimed) {
        if (draining == null) {
            draining = Promise.promise();
            fed = false;
            claimed.onComplete(done -> {
                fed = true;
                endDrain();
            });
            for (Seat seat : seats.values()) {
                evict(seat, seat.lane.evict(), Duration.ZERO, ParkReason.DRAIN);
            }
        }
        Future<Void> drained = draining.future();
        endDrain();
        return drained;
    }

    /** Called whenever something ended. The fan-outs know all of it before the drain is complete and they end, too. */
    void endDrain() {
        if (draining != null && fed && inFlight == 0 && ledger.unwritten() == 0) {
            settlements.flush();
            draining.tryComplete();
        }
    }

    private int limit(Seat seat, long now) {
        return setup.share().limit(held - seat.lane.held(), seat.lane.finishedLastSecond(now));
    }

    private Seat seat(Webhook webhook) {
        Seat seat = seats.get(webhook.id());
        if (seat == null) {
            Circuit circuit = setup.circuits().make(webhook.pacing().maxInFlight());
            seat = new Seat(new Lane(webhook, circuit, setup.ticker().nanos()));
            seats.put(webhook.id(), seat);
            listener.lanes(1);
        } else {
            seat.lane.changed(webhook);
        }
        return seat;
    }
}
