package dev.sluice.delivery.stage;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.DeliveryListener;
import dev.sluice.delivery.DeliveryListener.ParkReason;
import dev.sluice.delivery.Parking;
import dev.sluice.subscription.Check;
import dev.sluice.subscription.Match;
import dev.sluice.subscription.Matches;
import dev.sluice.subscription.Pacing.Coalesce;
import dev.sluice.subscription.Webhook;
import dev.sluice.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The ways by which a delivery comes to its lane: from the fan-out, or from where it was parked. What the lane does not take
 * goes out again at once. Confined to one event loop.
 */
final class Entries {
    private final Seats seats;
    private final Exits exits;
    private final Consumer<Seat> pump;
    private final Ticker ticker;
    private final DeliveryListener listener;

    // confined state
    private boolean closed;

    /** @param pump of a lane that took something */
    Entries(Seats seats, Exits exits, Consumer<Seat> pump, Ticker ticker, DeliveryListener listener) {
        this.seats = seats;
        this.exits = exits;
        this.pump = pump;
        this.ticker = ticker;
        this.listener = listener;
    }

    /** No lane takes anything any more: what comes is parked. */
    void close() {
        closed = true;
    }

    void place(Matches matches) {
        for (Match match : matches.matches()) {
            listener.arrived(match.event());
            for (Webhook webhook : match.webhooks()) {
                listener.placed();
                arrive(seats.of(webhook), webhook, Delivery.journaled(match, matches.fanout(), webhook));
            }
        }
    }

    private void arrive(Seat seat, Webhook webhook, Delivery delivery) {
        Coalesce coalesce = webhook.pacing().coalesce();
        String burst = coalesce == null ? null : Exits.burst(delivery, coalesce);
        if (coalesce != null && burst != null) {
            exits.coalesce(seat, delivery, coalesce, burst);
        } else {
            place(seat, delivery);
        }
    }

    /** Deliveries that were parked, and are leased to this pod. */
    void placeClaimed(Webhook webhook, Parking.Claim claim, long askedAt) {
        Seat seat = seats.of(webhook);
        Set<String> known = seat.lane.claims().ids();
        for (Parking.Claimed one : claim.deliveries()) {
            Delivery delivery = Delivery.claimed(one, webhook, askedAt, claim.epoch());
            if (known.contains(one.id())) { // its lease had run out
                seat.lane.claims().again(delivery);
            } else {
                listener.claimed();
                place(seat, webhook, one, delivery);
            }
        }
    }

    private void place(Seat seat, Webhook webhook, Parking.Claimed claimed, Delivery delivery) {
        boolean isUnwanted = claimed.isUnsure() && claimed.attempts() == 0 && !Check.matches(webhook, claimed.event());
        if (isUnwanted && !seat.lane.isAnothers(delivery, ticker.nanos())) {
            exits.unwanted(seat, delivery);
        } else {
            place(seat, delivery);
        }
    }

    private void place(Seat seat, Delivery delivery) {
        long now = ticker.nanos();
        if (seat.lane.isAnothers(delivery, now)) {
            exits.forget(List.of(delivery));
            return;
        }
        if (closed) {
            park(seat, delivery, Duration.ZERO, ParkReason.DRAIN);
            return;
        }
        switch (seat.lane.offer(delivery, now)) {
            case QUEUED -> pump.accept(seat);
            case FULL -> park(seat, delivery, Duration.ZERO, ParkReason.FULL);
            case RESTING -> park(seat, delivery, seat.rest(now), ParkReason.RESTING);
            case BEHIND -> park(seat, delivery, Duration.ZERO, ParkReason.BEHIND);
            case PAUSED -> park(seat, delivery, Duration.ZERO, ParkReason.PAUSED);
            case UNREADABLE -> park(seat, delivery, Duration.ZERO, ParkReason.UNREADABLE);
            case DISABLED -> park(seat, delivery, Duration.ZERO, ParkReason.DISABLED);
            case GONE -> exits.cancel(seat, delivery);
        }
    }

    /** All that waits here of its key goes first, and to the same place. */
    private void park(Seat seat, Delivery delivery, Duration rest, ParkReason reason) {
        if (delivery.key() != null && !delivery.isParked()) {
            exits.park(seat, seat.lane.evictKey(delivery.key(), ticker.nanos()), rest, reason);
        }
        exits.park(seat, delivery, rest, reason);
    }
}
