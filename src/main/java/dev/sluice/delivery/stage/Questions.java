package dev.sluice.delivery.stage;

import dev.sluice.delivery.DeliveryListener;
import dev.sluice.delivery.Parking;
import dev.sluice.delivery.RateLimits;
import dev.sluice.delivery.lane.BlockedKeys;
import dev.sluice.delivery.policy.TokenBucket;
import dev.sluice.fault.AgainEach;
import dev.sluice.fault.Retries;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.time.Ticker;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What lanes have to ask of Redis before they can go on: for tokens of their rate limit, and which keys of an ordered
 * webhook wait there. One question of a kind is out for each lane at a time. Confined to one event loop.
 */
final class Questions {
    private final Ports ports;
    private final Ticker ticker;
    private final DeliveryListener listener;
    private final Consumer<Seat> answered;
    private final AgainEach tokens;
    private final AgainEach keys;

    record Ports(RateLimits rates, Parking parking, Ledger ledger, Retries retries) {}

    /** @param answered told of each seat that may go on */
    Questions(Ports ports, Ticker ticker, DeliveryListener listener, Consumer<Seat> answered) {
        this.ports = ports;
        this.ticker = ticker;
        this.listener = listener;
        this.answered = answered;
        this.tokens = ports.retries().each("ask for tokens of a rate limit");
        this.keys = ports.retries().each("ask which keys wait");
    }

    /** For what waits, as many tokens as it needs. */
    void askForTokens(Seat seat) {
        TokenBucket tokens = seat.lane.throttle().tokens();
        RateLimit limit = seat.lane.throttle().rateLimit();
        if (tokens == null || limit == null || seat.lane.waits() == 0) {
            return;
        }
        long now = ticker.nanos();
        int needed = tokens.need(seat.lane.waits(), seat.lane.room(now), now);
        if (needed > 0) {
            take(seat, tokens, limit, needed, now);
        }
        long wait = tokens.askWaitNanos(now);
        if (wait > 0 && wait != TokenBucket.NONE) {
            goOnAfter(seat, Duration.ofNanos(wait));
        }
    }

    private void take(Seat seat, TokenBucket tokens, RateLimit limit, int needed, long now) {
        tokens.asked(now);
        this.tokens
                .watch(seat.key.webhookId(), ports.rates().take(seat.key, limit, needed))
                .onComplete((grant, away) -> {
                    if (away == null) {
                        tokens.granted(grant, ticker.nanos());
                        listener.tokensGranted(needed, grant.tokens());
                    } else {
                        tokens.failed(ticker.nanos());
                        listener.tokensUnknown();
                    }
                    answered.accept(seat);
                });
    }

    /** Only when Redis has all that the lane parked: else the answer would not name what it is about to block. */
    void askForKeys(Seat seat) {
        BlockedKeys blocked = seat.lane.blocked();
        if (seat.askingKeys || !blocked.shouldAsk() || !ports.ledger().isWritten(seat.key)) {
            return;
        }
        seat.askingKeys = true;
        BlockedKeys.Question question = blocked.ask();
        keys.watch(seat.key.webhookId(), ports.parking().blockedKeys(seat.key))
                .onSuccess(chained -> {
                    if (!chained.all()) {
                        blocked.answered(question, chained.keys());
                    }
                })
                .onComplete(done -> seat.askingKeys = false);
    }

    /** Goes on with the lane after so long; once, whatever asks for it again meanwhile. */
    void goOnAfter(Seat seat, Duration pause) {
        if (seat.later == null) {
            seat.later = ports.retries().timers().after(pause, () -> {
                seat.later = null;
                answered.accept(seat);
            });
        }
    }

    /** Gives back what the lane will not use. */
    void end(Seat seat) {
        TokenBucket tokens = seat.lane.throttle().tokens();
        RateLimit limit = seat.lane.throttle().rateLimit();
        TokenBucket.Surplus surplus = tokens == null ? null : tokens.surrender(ticker.nanos());
        if (surplus != null && limit != null) {
            ports.rates().giveBack(seat.key, limit, surplus);
        }
    }
}
