package dev.sluice.sim;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The bus of one process: messages come in turns of their own, in the order in which they were sent. */
final class SimBus {
    final EventBus bus;
    private final SimLoop loop;
    private final Map<String, List<Handler<Object>>> consumers = new HashMap<>();

    SimBus(SimLoop loop) {
        this.loop = loop;
        this.bus = SimLoop.fake(EventBus.class, this::on);
    }

    @SuppressWarnings("unchecked")
    private Object on(Object proxy, Method method, Object[] given) {
        return switch (method.getName()) {
            case "registerCodec", "codecSelector" -> proxy;
            case "send", "publish" -> {
                List<Handler<Object>> all = consumers.getOrDefault((String) given[0], List.of());
                boolean isToAll = method.getName().equals("publish");
                all.stream().limit(isToAll ? all.size() : 1).forEach(one -> deliver(one, given[1]));
                yield proxy;
            }
            case "localConsumer" -> {
                consumers
                        .computeIfAbsent((String) given[0], first -> new ArrayList<>())
                        .add((Handler<Object>) given[1]);
                yield SimLoop.fake(MessageConsumer.class, (consumer, asked, none) -> {
                    if (asked.getName().equals("completion")) {
                        return Future.succeededFuture();
                    }
                    throw SimLoop.unknown(asked);
                });
            }
            default -> throw SimLoop.unknown(method);
        };
    }

    private void deliver(Handler<Object> consumer, Object body) {
        Object message = SimLoop.fake(Message.class, (proxy, asked, none) -> {
            if (asked.getName().equals("body")) {
                return body;
            }
            throw SimLoop.unknown(asked);
        });
        loop.run(() -> consumer.handle(message));
    }
}
