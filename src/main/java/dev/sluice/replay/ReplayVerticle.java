package dev.sluice.replay;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the replays that this pod works on; one for each pod. */
public final class ReplayVerticle extends VerticleBase {
    private final Supplier<ReplayRunner> opening;
    private @Nullable ReplayRunner runner;

    /** @param opening makes the runner on the verticle's own context */
    public ReplayVerticle(Supplier<ReplayRunner> opening) {
        this.opening = opening;
    }

    @Override
    public Future<?> start() {
        ReplayRunner opened = opening.get();
        runner = opened;
        opened.start();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return runner == null ? Future.succeededFuture() : runner.stop();
    }
}
