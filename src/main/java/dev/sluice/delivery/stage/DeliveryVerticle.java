package dev.sluice.delivery.stage;

import dev.sluice.bus.Channel;
import dev.sluice.subscription.Matches;
import dev.sluice.subscription.WebhookChanged;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the lanes of one event loop. */
public final class DeliveryVerticle extends VerticleBase {
    private final Channel<Matches> inbox;
    private final Channel<WebhookChanged> changes;
    private final Supplier<DeliveryStage> opening;
    private @Nullable DeliveryStage stage;

    /** @param opening makes the stage on the verticle's own context */
    public DeliveryVerticle(Channel<Matches> inbox, Channel<WebhookChanged> changes, Supplier<DeliveryStage> opening) {
        this.inbox = inbox;
        this.changes = changes;
        this.opening = opening;
    }

    @Override
    public Future<?> start() {
        DeliveryStage opened = opening.get();
        stage = opened;
        return inbox.consume(opened::place)
                .compose(listening -> changes.consume(opened::changed))
                .onSuccess(listening -> opened.start());
    }

    @Override
    public Future<?> stop() {
        return stage == null ? Future.succeededFuture() : stage.drain();
    }
}
