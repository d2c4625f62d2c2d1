package dev.sluice.delivery.stage;

import dev.sluice.delivery.DeliveryListener;
import dev.sluice.delivery.Parking;
import dev.sluice.delivery.RateLimits;
import dev.sluice.delivery.lane.BlockedKeys;
import dev.sluice.delivery.policy.TokenBucket;
import dev.sluice.delivery.policy.pace.FoundPace;
import dev.sluice.delivery.policy.pace.PaceFinder;
import dev.sluice.delivery.policy.pace.SharedPace;
import dev.sluice.fault.AgainEach;
import dev.sluice.fault.Retries;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lanes have to ask of Redis before they can go on: for tokens of their rate limit, and which keys of an ordered
 * webhook wait there. One question of a kind is out for each lane at a time. Confined to one event loop.
 */
final class Questions {
    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);

    private final Ports ports;
    private final Ticker ticker;
    private final DeliveryListener listener;
    private final Consumer<Seat> answered;
    private final AgainEach tokens;
    private final AgainEach keys;
    private final AgainEach pace;

    record Ports(RateLimits rates, Parking parking, Ledger ledger, Retries retries) {}

    /** @param answered told of each seat that may go on */
    Questions(Ports ports, Ticker ticker, DeliveryListener listener, Consumer<Seat> answered) {
        this.ports = ports;
        this.ticker = ticker;
        this.listener = listener;
        this.answered = answered;
        this.tokens = ports.retries().each("ask for tokens of a rate limit");
        this.pace = ports.retries().each("tell what pace an endpoint takes");
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

    /** Tells the other pods what the endpoint took, and what pace it was found to take; nothing while it refuses nothing. */
    void tellOfPace(Seat seat) {
        PaceFinder finder = seat.lane.throttle().pace();
        long now = ticker.nanos();
        if (seat.isPaced) {
            paced(seat, now);
        }
        if (finder.shouldAsk(now)) {
            long told = finder.asked(now);
            pace.watch(
                            seat.key.webhookId(),
                            ports.rates()
                                    .pace(seat.key, told)
                                    .compose(latest -> found(seat, finder, told, latest.orElse(null))))
                    .onFailure(away -> finder.failed())
                    .onSuccess(latest -> {
                        finder.take(latest.orElse(null), ticker.nanos());
                        paced(seat, ticker.nanos());
                        answered.accept(seat);
                    });
        }
    }

    private Future<Optional<SharedPace>> found(Seat seat, PaceFinder finder, long told, @Nullable SharedPace latest) {
        long mark = latest == null ? 0 : latest.mark();
        Optional<FoundPace> next = finder.answered(told, latest, ticker.nanos());
        return next.isEmpty()
                ? Future.succeededFuture(Optional.ofNullable(latest))
                : ports.rates()
                        .slow(seat.key, mark, next.get(), seat.lane.throttle().asLimit(next.get()));
    }

    private void paced(Seat seat, long now) {
        RateLimit limit = seat.lane.throttle().paceChanged(now);
        boolean isPaced = limit != null;
        if (seat.isPaced != isPaced) {
            seat.isPaced = isPaced;
            listener.paced(isPaced ? 1 : -1);
            LOG.atInfo()
                    .addKeyValue("webhook", seat.key.webhookId())
                    .addKeyValue("every", limit == null ? "" : limit.period())
                    .log(
                            isPaced
                                    ? "endpoint refuses: pace found"
                                    : "endpoint refused nothing for long: pace forgotten");
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
