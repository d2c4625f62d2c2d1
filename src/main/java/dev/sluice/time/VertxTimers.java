package dev.sluice.time;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Timers on the context that calls; at least one millisecond. All of a period fire at the same moments, so that a pod that
 * does nothing wakes once for many, and so does its Redis.
 */
public final class VertxTimers implements Timers {
    private static final long NANOS = 1_000_000;

    private final Vertx vertx;

    public VertxTimers(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        long id = vertx.setTimer(Math.max(1, delay.toMillis()), fired -> action.run());
        return () -> vertx.cancelTimer(id);
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        long millis = Math.max(1, period.toMillis());
        long sinceTheLast = Math.floorMod(Ticker.SYSTEM.nanos() / NANOS, millis);
        long id = vertx.setPeriodic(millis - sinceTheLast, millis, fired -> action.run());
        return () -> vertx.cancelTimer(id);
    }
}
