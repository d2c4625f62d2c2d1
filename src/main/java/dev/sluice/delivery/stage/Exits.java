package dev.sluice.delivery.stage;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.Delivery.Origin;
import dev.sluice.delivery.DeliveryListener;
import dev.sluice.delivery.DeliveryListener.ParkReason;
import dev.sluice.delivery.Fate;
import dev.sluice.delivery.History;
import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import dev.sluice.delivery.Parking.Written;
import dev.sluice.delivery.lane.Eviction;
import dev.sluice.delivery.lane.Throttle.Refusal;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.delivery.policy.Verdict;
import dev.sluice.subscription.Pacing.Coalesce;
import dev.sluice.subscription.Webhook;
import dev.sluice.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every way in which a delivery leaves the lanes, and who has to know: Redis, the fan-out that placed it, the history, and
 * the listener. Confined to one event loop.
 */
final class Exits {
    /** For an endpoint that is asked too much and does not say how long it wants to be left alone. */
    private static final Duration BREATHER = Duration.ofSeconds(1);

    private final Verdicts verdicts;
    private final Ledger ledger;
    private final Settlements settlements;
    private final History history;
    private final Ticker ticker;
    private final DeliveryListener listener;

    Exits(
            Verdicts verdicts,
            Ledger ledger,
            Settlements settlements,
            History history,
            Ticker ticker,
            DeliveryListener listener) {
        this.verdicts = verdicts;
        this.ledger = ledger;
        this.settlements = settlements;
        this.history = history;
        this.ticker = ticker;
        this.listener = listener;
    }

    /**
     * Answers whether it waits for another attempt.
     *
     * @param isPresent whether the answer is of the webhook's present target: a former one cannot ask it to rest
     */
    boolean answered(Seat seat, boolean isPresent, Webhook webhook, Delivery delivery, Answer answer) {
        Verdict said = verdicts.of(answer, webhook, delivery.tries());
        Verdict verdict = isPresent ? said : said.withoutRest();
        listener.attempted(delivery.event(), answer);
        if (verdict instanceof Verdict.Delivered) {
            listener.delivered(delivery.event());
            history.attempted(seat.key, delivery, delivery.attempts() + 1, answer, Fate.DELIVERED, Duration.ZERO);
            firstDelivered(seat);
            settle(seat, delivery);
        } else if (verdict instanceof Verdict.Retry retry) {
            retry(seat, delivery, answer, retry);
            return true;
        } else if (verdict instanceof Verdict.NotYet notYet) {
            refuse(seat, isPresent, delivery, answer, notYet.asked());
            return true;
        } else if (verdict instanceof Verdict.Dead dead) {
            bury(seat, webhook, delivery, answer, dead);
        }
        return false;
    }

    /** A pod that is gone may have said that its circuit is open, and nobody else would take that back. */
    private void firstDelivered(Seat seat) {
        if (!seat.hasDelivered && seat.lane.throttle().circuit() == Circuit.State.CLOSED) {
            seat.hasDelivered = true;
            history.circuit(seat.key, Circuit.State.CLOSED, "the endpoint answers");
        }
    }

    private void bury(Seat seat, Webhook webhook, Delivery delivery, Answer answer, Verdict.Dead dead) {
        if (dead.slowsLane()) {
            slow(seat, answer, dead.laneRest());
        }
        listener.died();
        Delivery tried = verdicts.tried(delivery, answer);
        history.attempted(seat.key, delivery, tried.attempts(), answer, Fate.DEAD, Duration.ZERO);
        Outcome bury = new Outcome.Bury(tried, delivery.attempts(), dead.reason(), dead.laneRest());
        ledger.write(seat.key, bury, Duration.ZERO);
        verdicts.buried(webhook, tried, dead);
    }

    /** One that refuses some and takes the others has its pace by its window, and needs no breather. */
    private void slow(Seat seat, Answer answer, Duration asked) {
        boolean isFull = answer instanceof Answer.Status status && status.code() == 429;
        if (asked.isZero() && !isFull && seat.lane.throttle().isCarried()) {
            return;
        }
        Duration rest = asked.isZero() ? BREATHER : asked;
        seat.lane.throttle().rest(rest.toNanos(), ticker.nanos());
    }

    private void retry(Seat seat, Delivery delivery, Answer answer, Verdict.Retry retry) {
        if (retry.slowsLane()) {
            slow(seat, answer, retry.laneRest());
        }
        listener.parked(ParkReason.RETRY);
        Delivery tried = verdicts.tried(delivery, answer);
        history.attempted(seat.key, delivery, tried.attempts(), answer, Fate.RETRYING, retry.delay());
        Outcome park = new Outcome.Park(tried, delivery.attempts(), retry.delay(), retry.laneRest());
        ledger.write(seat.key, park, seat.rest(ticker.nanos()));
    }

    /** Due when the endpoint is ready, as far as it says; until then no pod asks it anything, unless it takes others. */
    private void refuse(Seat seat, boolean isPresent, Delivery delivery, Answer answer, Duration asked) {
        Refusal refusal = isPresent
                ? seat.lane.throttle().refused(asked, delivery.refused(), ticker.nanos())
                : new Refusal(Duration.ZERO, BREATHER);
        listener.refused(answer instanceof Answer.Status status ? status.code() : 0);
        listener.parked(ParkReason.REFUSED);
        Delivery tried = verdicts.refused(delivery, answer);
        history.attempted(seat.key, delivery, tried.attempts(), answer, Fate.REFUSED, refusal.delay());
        Outcome park = new Outcome.Park(tried, delivery.attempts(), refusal.delay(), refusal.rest());
        ledger.write(seat.key, park, seat.rest(ticker.nanos()));
    }

    /** Its webhook was deleted. */
    void cancel(Seat seat, Delivery delivery) {
        listener.cancelled();
        history.ended(seat.key, delivery.id(), Fate.CANCELLED, "the webhook was deleted");
        settle(seat, delivery);
    }

    /** It waited while the webhook could not be read; now it can, and says that it does not want it. */
    void unwanted(Seat seat, Delivery delivery) {
        listener.cancelled();
        history.ended(
                seat.key, delivery.id(), Fate.CANCELLED, "the webhook does not want it, as could not be told before");
        settle(seat, delivery);
    }

    private void settle(Seat seat, Delivery delivery) {
        settlements.settled(delivery);
        if (delivery.isParked()) {
            ledger.write(seat.key, new Outcome.Finish(delivery), Duration.ZERO);
        }
    }

    /** It was not tried. What waited before keeps its place, before all that came after it. */
    void park(Seat seat, Delivery delivery, Duration rest, ParkReason reason) {
        listener.parked(reason);
        Outcome untried = delivery.origin() instanceof Origin.Parked parked
                ? new Outcome.Return(delivery, parked.place())
                : new Outcome.Park(delivery, delivery.attempts(), Duration.ZERO);
        ledger.write(seat.key, untried, rest);
    }

    void park(Seat seat, Eviction eviction, Duration rest, ParkReason reason) {
        eviction.keep().forEach(delivery -> keep(seat, delivery));
        eviction.park().forEach(delivery -> park(seat, delivery, rest, reason));
        forget(eviction.forgotten());
    }

    /** It was not delivered, and may be another's by now: to try again, or to bury. */
    void leave(Delivery delivery, Answer answer) {
        listener.attempted(delivery.event(), answer);
        forget(List.of(delivery));
    }

    /** They may be another's by now, who places them again: whatever is written of them might undo what that one does. */
    void forget(List<Delivery> deliveries) {
        deliveries.forEach(ledger::forget);
        listener.forgotten(deliveries.size());
    }

    private void keep(Seat seat, Delivery delivery) {
        ledger.write(seat.key, new Outcome.Keep(delivery), Duration.ZERO);
    }

    /** It waits for the end of its burst, in which it may be superseded. */
    void coalesce(Seat seat, Delivery delivery, Coalesce coalesce, String burst) {
        listener.parked(ParkReason.COALESCE);
        ledger.write(seat.key, new Outcome.Merge(delivery, burst, coalesce.quiet(), coalesce.most()), Duration.ZERO);
    }

    /** Null: it belongs to no burst. */
    static @Nullable String burst(Delivery delivery, Coalesce coalesce) {
        return coalesce.burst(delivery.event());
    }

    /** Redis has these: the journal needs them no more. */
    void kept(List<Outcome> outcomes) {
        outcomes.forEach(outcome -> settlements.settled(outcome.delivery()));
    }

    void written(LaneKey lane, Written written) {
        coalesced(lane, written.coalesced());
        listener.overflowed(written.overflowed() + written.expired());
    }

    /** Others stand for these. */
    void coalesced(LaneKey lane, List<String> deliveryIds) {
        deliveryIds.forEach(id -> history.ended(lane, id, Fate.COALESCED, "a later event came in its burst"));
        listener.coalesced(deliveryIds.size());
    }

    /** As of {@link Ledger#ended}. */
    Map<LaneKey, List<String>> ended() {
        return ledger.ended();
    }

    /** Whether Redis has all that left. */
    boolean isWritten() {
        return ledger.unwritten() == 0;
    }

    /** Tells the fan-outs what they do not know yet. */
    void flush() {
        settlements.flush();
    }
}
