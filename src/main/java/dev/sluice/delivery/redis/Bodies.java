package dev.sluice.delivery.redis;

import dev.sluice.event.Event;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.redis.ScriptCall;
import dev.sluice.redis.line.Kept;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.redis.trouble.Trouble;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The data of large events, which lies by itself in Redis: once for all deliveries of a shard. Confined to the link's event loop.
 *
 * <p>Whoever parks takes it for being there, and brings it only when Redis says that it is not: whether another webhook's
 * delivery has it, of this pod or of another, is known nowhere else, and may change by a FLUSHALL or a failover. Who wants to
 * bring what is on its way already waits for it.
 */
final class Bodies {
    /** What is smaller costs less as a copy for each webhook than the keys and the steps of a body of its own. */
    static final int LARGE = 4096;

    /** What is brought and not referred to is there for so long: whoever brought it died. */
    private static final Duration UNTAKEN = Duration.ofMinutes(1);

    private static final Script BRING = Script.load("lua/delivery-body.lua").evenWhenFull();
    private static final int MISSING = -1;
    /** Redis would have to lose it between two commands, several times. */
    private static final int TRIES = 5;

    private final RedisLink link;
    private final boolean evenWhenFull;

    // confined state
    private final Map<String, Future<?>> onTheirWay = new HashMap<>();

    /** @param evenWhenFull whether bodies are brought while Redis refuses what grows */
    Bodies(RedisLink link, boolean evenWhenFull) {
        this.link = link;
        this.evenWhenFull = evenWhenFull;
    }

    static boolean isApart(Event event) {
        return event.data().length() >= LARGE;
    }

    /** Writes, and brings first what Redis does not have of the events' data. */
    Future<Kept> write(String shard, Map<String, Event> events, Supplier<Future<Kept>> write) {
        return write(shard, events, write, () -> true);
    }

    /** @param isOwn asked when the data is there: whether it is still to be written */
    Future<Kept> write(String shard, Map<String, Event> events, Supplier<Future<Kept>> write, BooleanSupplier isOwn) {
        return write(shard, events, write, isOwn, TRIES);
    }

    private Future<Kept> write(
            String shard, Map<String, Event> events, Supplier<Future<Kept>> write, BooleanSupplier isOwn, int tries) {
        return write.get().compose(done -> {
            if (done.answer().get(0).toInteger() != MISSING) {
                return Future.succeededFuture(done);
            }
            if (tries == 0) {
                return Future.failedFuture(
                        new IllegalStateException("the data of large events is brought to Redis, and is not there"));
            }
            List<Future<?>> brought = new ArrayList<>();
            for (Response missing : done.answer().get(1)) {
                Event event = Objects.requireNonNull(events.get(missing.toString()));
                brought.add(bring(Keys.body(shard) + missing, event.data()));
            }
            return Future.all(brought)
                    .compose(there -> isOwn.getAsBoolean()
                            ? write(shard, events, write, isOwn, tries - 1)
                            : Future.failedFuture(new RedisUnavailable(
                                    "the pod stood still while it brought data; others have what it wrote of")));
        });
    }

    private Future<?> bring(String key, Buffer data) {
        Future<?> before = onTheirWay.get(key);
        if (before != null) {
            return before;
        }
        Future<?> brought = send(key, data);
        onTheirWay.put(key, brought);
        return brought.onComplete(done -> onTheirWay.remove(key));
    }

    /** Not by a script, which would copy the data twice more. */
    private Future<Response> send(String key, Buffer data) {
        long untaken = UNTAKEN.toMillis();
        Request set = Request.cmd(Command.SET).arg(key).arg(data);
        return link.send(set.arg("NX").arg("PX").arg(untaken))
                .recover(cause -> evenWhenFull && Trouble.of(cause) == Trouble.FULL
                        ? bringAllTheSame(key, data, untaken)
                        : Future.failedFuture(cause));
    }

    private Future<Response> bringAllTheSame(String key, Buffer data, long untaken) {
        ScriptCall call = BRING.on(key);
        call.request().arg(data).arg(untaken);
        return link.call(call);
    }

    /** Of a delivery that was claimed; its data is null if it is gone, and then so may be the delivery. */
    record Found(@Nullable Buffer data, boolean isDelivery) {}

    /**
     * By deliveries' ids.
     *
     * @param events of each delivery whose data lies by itself
     */
    Future<Map<String, Found>> find(String shard, Map<String, String> events) {
        if (events.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        List<Request> reads = new ArrayList<>();
        events.forEach((delivery, event) -> {
            reads.add(Request.cmd(Command.GET).arg(Keys.body(shard) + event));
            reads.add(Request.cmd(Command.EXISTS).arg(Keys.delivery(shard) + delivery));
        });
        return link.batch(reads).map(answers -> {
            Map<String, Found> found = new HashMap<>();
            Iterator<Response> next = answers.iterator();
            for (String delivery : events.keySet()) {
                Response data = next.next();
                boolean isDelivery = next.next().toInteger() == 1;
                found.put(delivery, new Found(data == null ? null : data.toBuffer(), isDelivery));
            }
            return found;
        });
    }
}
