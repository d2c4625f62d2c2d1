package dev.sluice.bus;

import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.function.Function;

/** A typed address that answers. A refusal is an answer; a failed future means that nobody answered in 30 s. */
public final class Exchange<Q extends LocalMessage, A extends LocalMessage> {
    private final EventBus bus;
    private final String address;

    Exchange(EventBus bus, String address) {
        this.bus = bus;
        this.address = address;
    }

    public Future<A> ask(Q question) {
        return bus.<A>request(address, question).map(Message::body);
    }

    /** The returned futures must not fail: what can go wrong is an answer. Ends with the verticle that called it. */
    public Future<Void> answer(Function<Q, Future<? extends A>> answerer) {
        return bus.<Q>localConsumer(
                        address,
                        message -> answerer.apply(message.body())
                                .onSuccess(message::reply)
                                .onFailure(cause -> message.fail(500, String.valueOf(cause))))
                .completion();
    }
}
