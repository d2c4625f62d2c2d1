package dev.sluice.telemetry;

import dev.sluice.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Gives the sign of life of one event loop. */
public final class HeartbeatVerticle extends VerticleBase {
    private final Heartbeats heartbeats;
    private final int loop;

    public HeartbeatVerticle(Heartbeats heartbeats, int loop) {
        this.heartbeats = heartbeats;
        this.loop = loop;
    }

    @Override
    public Future<?> start() {
        new VertxTimers(vertx).every(Heartbeats.PERIOD, () -> heartbeats.beat(loop));
        return Future.succeededFuture();
    }
}
