package dev.sluice.time;

import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Timers on the context that calls, or on one that was chosen; at least one millisecond. On the one that calls, all of a period
 * fire at the same moments, so that a pod that does nothing wakes once for many, and so does its Redis.
 */
public final class VertxTimers implements Timers {
    private static final long NANOS = 1_000_000;

    private final Vertx vertx;
    private final @Nullable ContextInternal home;

    public VertxTimers(Vertx vertx) {
        this(vertx, null);
    }

    private VertxTimers(Vertx vertx, @Nullable ContextInternal home) {
        this.vertx = vertx;
        this.home = home;
    }

    /** On the context that makes them, whoever sets them: for what is confined to it. */
    public static VertxTimers here(Vertx vertx) {
        return new VertxTimers(vertx, (ContextInternal) vertx.getOrCreateContext());
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        long millis = Math.max(1, delay.toMillis());
        long id = home == null
                ? vertx.setTimer(millis, fired -> action.run())
                : home.setTimer(millis, fired -> action.run());
        return () -> vertx.cancelTimer(id);
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        long millis = Math.max(1, period.toMillis());
        long sinceTheLast = Math.floorMod(Ticker.SYSTEM.nanos() / NANOS, millis);
        long id = home == null
                ? vertx.setPeriodic(millis - sinceTheLast, millis, fired -> action.run())
                : home.setPeriodic(millis, fired -> action.run());
        return () -> vertx.cancelTimer(id);
    }
}
