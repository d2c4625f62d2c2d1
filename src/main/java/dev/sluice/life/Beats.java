package dev.sluice.life;

import dev.sluice.fault.Again;
import dev.sluice.time.Ticker;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says twice a second that this pod is there, and hears who is not. Confined to one event loop. */
public final class Beats {
    private final Life life;
    private final Roll roll;
    private final Ticker ticker;
    private final Timers timers;
    private final Again beats;

    // confined state
    private Timers.@Nullable Timer chore;
    private boolean beating;
    private boolean ended;
    private long lastAskedAt;
    /** None failed since then. */
    private boolean isUnbroken;

    /** @param beats where failures are told */
    public Beats(Life life, Roll roll, Ticker ticker, Timers timers, Again beats) {
        this.life = life;
        this.roll = roll;
        this.ticker = ticker;
        this.timers = timers;
        this.beats = beats;
    }

    /** Completes after the first beat, also if it failed. */
    public Future<Void> start() {
        chore = timers.every(Life.BEAT, this::beat);
        return beat().transform(done -> Future.succeededFuture());
    }

    private Future<Void> beat() {
        if (beating) {
            return Future.succeededFuture();
        }
        beating = true;
        Life.Self self = life.self();
        long askedAt = ticker.nanos();
        Duration paused = isUnbroken ? Duration.ofNanos(askedAt - lastAskedAt) : Duration.ZERO;
        Future<Roll.Called> called = roll.beat(self.name(), life.isBeginning(), paused);
        return beats.watch(called)
                .onSuccess(lives -> beaten(self, askedAt, lives))
                .onFailure(away -> isUnbroken = false)
                .onComplete(done -> beating = false)
                .mapEmpty();
    }

    /** An answer that comes after the end must not bring anything back. */
    private void beaten(Life.Self self, long askedAt, Roll.Called lives) {
        lastAskedAt = askedAt;
        isUnbroken = true;
        if (!ended) {
            life.beaten(self, askedAt, lives);
        }
    }

    /** The last thing that a pod does: others need not wait until it is taken for dead. */
    public Future<Void> stop() {
        if (chore != null) {
            chore.cancel();
        }
        ended = true;
        life.end();
        return roll.end(life.self().name());
    }
}
