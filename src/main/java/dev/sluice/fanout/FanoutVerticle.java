package dev.sluice.fanout;

import dev.sluice.bus.Channel;
import dev.sluice.event.Settled;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Runs the fan-outs of one event loop, one for each of its readers. They read when they are told to. */
public final class FanoutVerticle extends VerticleBase {
    private final List<Part> parts;
    private final List<Fanout> fanouts = new ArrayList<>();

    public FanoutVerticle(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * One reader's fan-out.
     *
     * @param opening makes it on the verticle's own context
     */
    public record Part(Channel<Settled> inbox, Supplier<Fanout> opening) {}

    @Override
    public Future<?> start() {
        return Future.join(parts.stream().map(this::start).toList());
    }

    private Future<Void> start(Part part) {
        Fanout opened = part.opening().get();
        fanouts.add(opened);
        return part.inbox().consume(opened::settle);
    }

    /** Takes from the journal from now on. To be called on the verticle's context. */
    public Future<Void> read() {
        fanouts.forEach(Fanout::start);
        return Future.succeededFuture();
    }

    /** Places nothing more; what it placed is on the bus when this completes. To be called on the verticle's context. */
    public Future<Void> retire() {
        fanouts.forEach(Fanout::stopPlacing);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return Future.join(fanouts.stream().map(Fanout::stop).toList());
    }
}
