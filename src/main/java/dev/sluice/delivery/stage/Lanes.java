package dev.sluice.delivery.stage;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.DeliveryListener;
import dev.sluice.delivery.DeliveryListener.ParkReason;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Parking;
import dev.sluice.delivery.lane.Flight;
import dev.sluice.delivery.lane.Step;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.RetryRule;
import dev.sluice.delivery.send.Attempt;
import dev.sluice.delivery.send.Sender;
import dev.sluice.subscription.Matches;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.WebhookChanged;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All lanes of one event loop: does what they decide. Confined to that loop; not thread-safe.
 *
 * <p>Every delivery that comes in by {@link Entries} leaves once, by {@link Exits}: delivered, parked, dead, cancelled, or
 * forgotten because it may be another's by now: its reader lost the partition, or its lease is over.
 */
final class Lanes {
    /** An attempt that takes longer is written down, and gives its credit back to the fan-out. */
    private static final long KEEP_AFTER = Duration.ofSeconds(2).toNanos();

    private final Sender sender;
    private final Seats seats;
    private final Entries entries;
    private final Exits exits;
    private final Questions questions;
    private final Ticker ticker;
    private final DeliveryListener listener;
    private final Crowd crowd = new Crowd();

    // confined state
    private int inFlight;
    private @Nullable Promise<Void> draining;
    private boolean fed = true;

    Lanes(Sender sender, Seats seats, Exits exits, Questions.Ports asked, Ticker ticker, DeliveryListener listener) {
        this.sender = sender;
        this.seats = seats;
        this.entries = new Entries(seats, exits, this::pump, ticker, listener);
        this.exits = exits;
        this.questions = new Questions(asked, ticker, listener, this::pump);
        this.ticker = ticker;
        this.listener = listener;
    }

    void place(Matches matches) {
        entries.place(matches);
    }

    void inherited(int deliveries) {
        if (deliveries > 0) {
            listener.inherited(deliveries);
        }
    }

    /** Deliveries that were parked, and are leased to this pod. */
    void placeClaimed(Webhook webhook, Parking.Claim claim, long askedAt) {
        entries.placeClaimed(webhook, claim, askedAt);
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
        questions.tellOfPace(seat);
        questions.askForTokens(seat);
    }

    private boolean advance(Seat seat) {
        long now = ticker.nanos();
        Step step = seat.lane.next(now);
        if (step instanceof Step.Attempt attempt) {
            attempt(seat, attempt.flight());
            return true;
        }
        if (step instanceof Step.Forget forget) {
            exits.forget(List.of(forget.delivery()));
            return true;
        }
        if (step instanceof Step.Yield yield) {
            exits.park(seat, seat.lane.evict(now), Duration.ofNanos(yield.restNanos()), ParkReason.RESTING);
        } else if (step instanceof Step.Later later) {
            questions.goOnAfter(seat, Duration.ofNanos(later.nanos()));
        } else if (step instanceof Step.Crowded) {
            crowd.add(seat);
        }
        return false;
    }

    private void attempt(Seat seat, Flight flight) {
        Webhook webhook = seat.lane.webhook();
        if (webhook == null) {
            return; // a lane without webhook starts nothing
        }
        inFlight++;
        listener.inFlight(1);
        Delivery delivery = flight.delivery();
        if (delivery.attempts() == 0) {
            listener.firstTried(delivery.event(), delivery.isParked());
        }
        BooleanSupplier isOurs = () -> !seat.lane.isLost(flight.delivery());
        sender.send(new Attempt(delivery.event(), webhook, delivery.attempts() + 1, isOurs))
                .onSuccess(answer -> answered(seat, webhook, flight, answer));
    }

    private void answered(Seat seat, Webhook webhook, Flight flight, Answer answer) {
        long now = ticker.nanos();
        boolean isPresent = seat.lane.finished(flight, answer, now);
        inFlight--;
        listener.inFlight(-1);
        Delivery delivery = flight.delivery();
        boolean isAnothers = seat.lane.isLost(delivery) && !RetryRule.isDelivered(answer);
        boolean waits = !isAnothers && exits.answered(seat, isPresent, webhook, delivery, answer);
        if (isAnothers) {
            exits.leave(delivery, answer);
        }
        if (waits && delivery.key() != null) {
            exits.park(seat, seat.lane.evictKey(delivery.key(), now), seat.rest(now), ParkReason.BEHIND);
        }
        pump(seat);
        crowd.serve(this::pump);
        if (draining == null && seat.lane.isHungry(now)) {
            seat.whenHungry.run();
        }
        endDrain();
    }

    /** Answers whether a lane knows that the webhook has another target now. */
    boolean changed(WebhookChanged change) {
        Seat seat = seats.find(change.id());
        if (seat == null) {
            return false;
        }
        boolean moved = seat.lane.changed(change.webhook(), ticker.nanos());
        Webhook latest = seat.lane.webhook();
        if (latest == null) {
            seat.lane.clear().forEach(delivery -> exits.cancel(seat, delivery));
        } else if (latest.sends()) {
            pump(seat);
        } else {
            exits.park(seat, seat.lane.evict(ticker.nanos()), Duration.ZERO, reason(latest));
        }
        return moved;
    }

    private static ParkReason reason(Webhook silent) {
        if (!silent.isReadable()) {
            return ParkReason.UNREADABLE;
        }
        return silent.enabled() ? ParkReason.PAUSED : ParkReason.DISABLED;
    }

    /** What a claim found that nobody sends any more. */
    void ended(LaneKey lane, Parking.Claim claim) {
        listener.overflowed(claim.expired());
        exits.coalesced(lane, claim.coalesced());
    }

    /** Its endpoint asked some pod to leave it alone for so long; a lane is there to know it, though nothing came yet. */
    void rest(Webhook webhook, Duration rest) {
        Seat seat = seats.of(webhook);
        seat.lane.throttle().restAsOthers(rest.toNanos(), ticker.nanos());
        pump(seat);
    }

    /**
     * Several times a second while a lane has something to do: gives back what slow lanes hold too much of, and forgets idle
     * ones. What rests costs nothing. Answers when it is needed again.
     */
    long tick() {
        long now = ticker.nanos();
        for (Seat seat : seats.busy(now)) {
            exits.park(seat, seat.lane.keepOlderThan(KEEP_AFTER, now), Duration.ZERO, ParkReason.BEHIND);
            exits.park(seat, seat.lane.evictSurplus(now), seat.rest(now), ParkReason.FULL);
            questions.askForKeys(seat);
            pump(seat);
        }
        seats.forgetIdle(now);
        return seats.untilTick(now);
    }

    Map<LaneKey, List<String>> leased() {
        return seats.leased(ticker.nanos());
    }

    /** What others must not have yet: also what has ended, as long as Redis does not know. */
    Map<LaneKey, List<String>> held() {
        Map<LaneKey, List<String>> held = exits.ended();
        leased().forEach((lane, ids) ->
                held.computeIfAbsent(lane, first -> new ArrayList<>()).addAll(ids));
        return held;
    }

    /** What the lane held then is left to it for longer. */
    void renewed(LaneKey lane, long askedAt) {
        Seat seat = seats.find(lane.webhookId());
        if (seat != null) {
            seat.lane.claims().renewed(askedAt);
        }
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
            entries.close();
            claimed.onComplete(done -> {
                fed = true;
                endDrain();
            });
            for (Seat seat : seats.all()) {
                exits.park(seat, seat.lane.evict(ticker.nanos()), Duration.ZERO, ParkReason.DRAIN);
                questions.end(seat);
            }
        }
        Future<Void> drained = draining.future();
        endDrain();
        return drained;
    }

    /** Called whenever something ended. The fan-outs know all of it before the drain is complete and they end, too. */
    void endDrain() {
        if (draining != null && fed && inFlight == 0 && exits.isWritten()) {
            exits.flush();
            draining.tryComplete();
        }
    }
}
