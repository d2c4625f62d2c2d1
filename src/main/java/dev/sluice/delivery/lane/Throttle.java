package dev.sluice.delivery.lane;

import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.Circuit;
import dev.sluice.delivery.policy.Health;
import dev.sluice.delivery.policy.RetryRule;
import dev.sluice.delivery.policy.TokenBucket;
import dev.sluice.delivery.policy.Window;
import dev.sluice.delivery.policy.pace.FoundPace;
import dev.sluice.delivery.policy.pace.PaceFinder;
import dev.sluice.delivery.policy.pace.Patience;
import dev.sluice.subscription.Pacing;
import dev.sluice.subscription.Pacing.RateLimit;
import dev.sluice.time.Jitter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything that may keep an attempt of one lane from starting now: the webhook's own limit and rate, the window that
 * the endpoint's answers leave of it, the circuit, and the endpoint's wish to be left alone. Decides; does nothing itself.
 * Confined to its lane. Times are monotonic nanoseconds.
 */
public final class Throttle {
    private final Circuit circuit;
    private final Rate rate;

    // confined state
    private Window window;
    private Patience patience = new Patience();
    /** Counts the targets that the webhook had: what is known of one says nothing of the next. */
    private int era;
    /** Attempts under way at the present target. */
    private int inFlight;

    private int maxInFlight;
    private long restsUntil;

    /** @param jitter spreads what many pods ask for at once */
    public Throttle(Pacing pacing, Circuit circuit, Jitter jitter, long now) {
        this.circuit = circuit;
        this.rate = new Rate(jitter);
        this.maxInFlight = pacing.maxInFlight();
        this.window = new Window(maxInFlight);
        this.restsUntil = now;
        changed(pacing, now);
    }

    void changed(Pacing pacing, long now) {
        maxInFlight = pacing.maxInFlight();
        circuit.limit(maxInFlight);
        window.max(maxInFlight);
        rate.changed(pacing.rateLimit(), now);
    }

    /** The webhook has another target: what was learned of the former does not hold it back. */
    void startOver(long now) {
        era++;
        inFlight = 0;
        circuit.startOver("the webhook has another target");
        window = new Window(maxInFlight);
        patience = new Patience();
        rate.startOver(now);
        restsUntil = now;
    }

    /** See {@link Window#isCarried}. */
    public boolean isCarried() {
        return window.isCarried();
    }

    int era() {
        return era;
    }

    public Circuit.State circuit() {
        return circuit.state();
    }

    /** Attempts that may be under way at once, those that are included. */
    int allowance(long now) {
        return Math.min(Math.min(patience.allowance(), window.limit()), circuit.allowance(now));
    }

    /** How many more may start now if the rate were not limited. */
    int room(long now) {
        return Math.max(0, allowance(now) - inFlight);
    }

    /** Nothing but the webhook's own limit bounds it. */
    boolean isWide(long now) {
        return Math.min(patience.allowance(), circuit.allowance(now)) >= maxInFlight;
    }

    /** How long no attempt may start, from now, unless one that is under way ends; 0 if one may. */
    long restNanos(long now) {
        long asked = restsUntil - now;
        long open = inFlight == 0 && circuit.allowance(now) == 0 ? circuit.probeAt() - now : 0;
        return Math.max(0, Math.max(asked, open));
    }

    /** The endpoint asked for rest: no attempt before that long from now. */
    public void rest(long nanos, long now) {
        restsUntil = now + Math.max(nanos, restsUntil - now);
    }

    /**
     * What follows from a refusal.
     *
     * @param rest  of the lane, from now
     * @param delay of the delivery, from now
     */
    public record Refusal(Duration rest, Duration delay) {}

    /** See {@link Patience#isRefusedAgain}. */
    public boolean isRefusedAgain() {
        return patience.isRefusedAgain();
    }

    /**
     * The endpoint said not yet: no attempt before it is ready, as far as it said, and as long as it had said nothing better.
     * If it takes others meanwhile, that holds for this delivery alone.
     *
     * @param asked  zero if it did not say
     * @param before how often it had refused the same delivery
     */
    public Refusal refused(Duration asked, int before, long now) {
        if (patience.isOwn()) {
            return new Refusal(Duration.ZERO, patience.restAlone(asked, before));
        }
        Duration rest = patience.rest(asked);
        rest(rest.toNanos(), now);
        if (patience.isNews()) {
            rate.finder().refused(rest);
        }
        Duration left = Duration.ofNanos(restsUntil - now);
        return new Refusal(left, left.plus(patience.behind(rest, before)));
    }

    /** Another pod was asked for rest. */
    public void restAsOthers(long nanos, long now) {
        rest(nanos, now);
        rate.finder().look();
    }

    /** What is known of the pace that the endpoint takes; after news of it comes {@link #paceChanged}. */
    public PaceFinder pace() {
        return rate.finder();
    }

    /** Answers the rate that is in force now, if the pace limits it. */
    @Nullable
    public RateLimit paceChanged(long now) {
        rate.refresh(now);
        return rate.finder().pace(now) == null ? null : rate.limit();
    }

    /** What that pace is in force as; null: as nothing, since the webhook's own limit is slower. */
    @Nullable
    public RateLimit asLimit(FoundPace pace) {
        RateLimit slower = rate.slower(pace.perSecond(), pace.burst());
        return rate.isOwn(slower) ? null : slower;
    }

    /** Null if the rate is not limited. */
    @Nullable
    public TokenBucket tokens() {
        return rate.tokens();
    }

    @Nullable
    public RateLimit rateLimit() {
        return rate.limit();
    }

    /** More than this would only wait. */
    int useful() {
        return rate.useful();
    }

    /** See {@link Rate#waitNanos}. */
    long waitNanos(long now) {
        return rate.waitNanos(now);
    }

    void started(long now) {
        rate.started(now);
        circuit.started(now);
        inFlight++;
    }

    /** An attempt of the present era ended. */
    void finished(int refusedBefore, Answer answer, long now) {
        circuit.ended(health(refusedBefore, answer, now), now);
        window.finished(answer, inFlight, now);
        inFlight--;
        if (RetryRule.isDelivered(answer)) {
            patience.taken(now - answer.took().toNanos());
            rate.finder().taken(now);
        }
    }

    private Health health(int refusedBefore, Answer answer, long now) {
        if (!RetryRule.isNotYet(answer)) {
            return RetryRule.health(answer);
        }
        patience.refused(refusedBefore, now - answer.took().toNanos(), now);
        return patience.health(answer, now);
    }
}
