package dev.sluice.bus;

import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import java.util.function.Consumer;

/** A typed address. Consumers are called on the context that registered them. */
public final class Channel<T extends LocalMessage> {
    private final EventBus bus;
    private final String address;

    Channel(EventBus bus, String address) {
        this.bus = bus;
        this.address = address;
    }

    /** To one consumer; lost if there is none. */
    public void send(T message) {
        bus.send(address, message);
    }

    /** To every consumer. */
    public void publish(T message) {
        bus.publish(address, message);
    }

    /** Ends with the verticle that called it. */
    public Future<Void> consume(Consumer<T> consumer) {
        return bus.<T>localConsumer(address, message -> consumer.accept(message.body()))
                .completion();
    }
}
