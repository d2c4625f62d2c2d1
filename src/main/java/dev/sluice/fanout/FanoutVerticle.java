package dev.sluice.fanout;

import dev.sluice.bus.Channel;
import dev.sluice.event.Drain;
import dev.sluice.event.Settled;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs one reader's part of the fan-out. */
public final class FanoutVerticle extends VerticleBase {
    private final Channel<Settled> inbox;
    private final Channel<Drain> drain;
    private final Supplier<Fanout> opening;
    private @Nullable Fanout fanout;

    /** @param opening makes the fan-out on the verticle's own context */
    public FanoutVerticle(Channel<Settled> inbox, Channel<Drain> drain, Supplier<Fanout> opening) {
        this.inbox = inbox;
        this.drain = drain;
        this.opening = opening;
    }

    @Override
    public Future<?> start() {
        Fanout opened = opening.get();
        fanout = opened;
        return inbox.consume(opened::settle)
                .compose(listening -> drain.consume(ending -> opened.stopReading()))
                .onSuccess(listening -> opened.start());
    }

    @Override
    public Future<?> stop() {
        return fanout == null ? Future.succeededFuture() : fanout.stop();
    }
}
