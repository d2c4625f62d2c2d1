package dev.sluice.delivery.stage;

import dev.sluice.delivery.lane.Throttle;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.subscription.Webhook;
import dev.sluice.time.Ticker;
import java.time.Duration;

/** What lanes would take now of what is parked, as {@link Waker} asks before it claims. Confined to one event loop. */
final class Appetites {
    private final Seats seats;
    private final Ticker ticker;
    private final int most;

    /** @param most deliveries of one claim */
    Appetites(Seats seats, Ticker ticker, int most) {
        this.seats = seats;
        this.ticker = ticker;
        this.most = most;
    }

    /** When something is asked, as {@link Lanes#placeClaimed} and {@link Lanes#renewed} want to know. */
    long now() {
        return ticker.nanos();
    }

    /** How many deliveries; 0 with {@link #restOf} telling for how long. */
    int of(Webhook webhook) {
        return Math.min(most, seats.of(webhook).lane.appetite(ticker.nanos()));
    }

    /** How many bytes of them. */
    long bytesOf(Webhook webhook) {
        return seats.of(webhook).lane.appetiteBytes(ticker.nanos());
    }

    /** Its circuit is open, or it refuses: it wants one attempt to learn from, and not the one that failed before. */
    boolean isProbing(Webhook webhook) {
        Throttle throttle = seats.of(webhook).lane.throttle();
        return throttle.circuit() == Circuit.State.OPEN || throttle.isRefusedAgain();
    }

    /** How long the lane may not run; zero if it is only full. */
    Duration restOf(Webhook webhook) {
        return seats.of(webhook).rest(ticker.nanos());
    }

    /** Runs the action each time the lane has become half empty. */
    void whenHungry(Webhook webhook, Runnable action) {
        seats.of(webhook).whenHungry = action;
    }
}
