package dev.sluice.testing;

import dev.sluice.fault.Faults;
import dev.sluice.life.Beats;
import dev.sluice.life.Epochs;
import dev.sluice.life.Life;
import dev.sluice.life.Roll;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;

/** A pod that lives as long as it is told, and hears of the others what a test says. */
public final class Lives {
    private final ManualTicker ticker = new ManualTicker();
    private final ManualTimers timers = new ManualTimers(ticker);
    private final Life life;
    private Set<String> over = Set.of();

    public Lives(String pod) {
        this.life = new Life(pod, new Epochs(ticker));
        new Beats(life, new Told(), ticker, timers, Faults.UNCOUNTED.again("beat", timers)).start();
    }

    private final class Told implements Roll {
        @Override
        public Future<Called> beat(String life, boolean begins, Duration paused) {
            return Future.succeededFuture(new Called(Set.of(life), over));
        }

        @Override
        public Future<Void> end(String life) {
            return Future.succeededFuture();
        }
    }

    public Life life() {
        return life;
    }

    public String name() {
        return life.self().name();
    }

    /** These lives are over, and it has heard so. */
    public void hear(String... lives) {
        over = Set.of(lives);
        timers.advance(Life.BEAT);
    }

    /** As if it had stood still, or could not reach Redis. */
    public void standStill() {
        ticker.advance(Life.PATIENCE);
    }
}
