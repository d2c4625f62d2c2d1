package dev.sluice.bus;

import io.vertx.core.Vertx;

/**
 * The event bus of this process. Make one per {@link Vertx}: it installs the codec.
 *
 * <p>The bus is not a queue: it has no backpressure and loses what nobody consumes. Whoever sends work holds credit for
 * it, and can read it again from the journal.
 */
public final class Bus {
    private final Vertx vertx;

    public Bus(Vertx vertx) {
        this.vertx = vertx;
        LocalCodec.install(vertx.eventBus());
    }

    /** One-way: each message goes to one consumer. */
    public <T extends LocalMessage> Channel<T> channel(String address) {
        return new Channel<>(vertx.eventBus(), address);
    }

    /** Asked and answered: each request goes to one consumer. */
    public <Q extends LocalMessage, A extends LocalMessage> Exchange<Q, A> exchange(String address) {
        return new Exchange<>(vertx.eventBus(), address);
    }
}
