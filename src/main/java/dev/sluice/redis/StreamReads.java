package dev.sluice.redis;

import dev.sluice.time.Ticker;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads several streams at once, and waits for the first of them to have something. Confined to the context of its link, on
 * which nothing else may be sent.
 *
 * <p>One server waits by itself. A master of a cluster takes no command about keys of several slots, so there each stream is
 * asked for, and again after a pause that grows while nothing comes. What cannot be reached, or does not answer, keeps nobody
 * from the others.
 *
 * <p>Why not a connection for each stream, on which a command can wait: each event loop of each pod would have one for each
 * partition. What is asked in vain costs a loop less than a hundredth of its time.
 */
public final class StreamReads {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMillis(16);
    /** Whoever has not answered by then is waited for no more. */
    private static final Duration LONG = Duration.ofMillis(100);
    /** Between two tries to end a wait. */
    private static final Duration AGAIN = Duration.ofMillis(20);

    private final RedisLink link;
    private final Timers timers;
    private final Ticker ticker;
    private final Duration fresh;
    private final Consumer<Throwable> failedInPart;

    // confined state
    /** What was asked for, by stream. */
    private final Map<String, Owed> owed = new LinkedHashMap<>();

    /** As Redis calls the link's connection; null until it told. */
    private @Nullable String connection;

    private boolean waiting;
    private boolean cut;

    /** An answer that is waited for, or was when others had come. */
    private static final class Owed {
        final Future<Response> answer;
        long cameAt;

        Owed(Future<Response> answer, Ticker ticker) {
            this.answer = answer;
            answer.onComplete(done -> cameAt = ticker.nanos());
        }
    }

    /**
     * @param fresh        an answer that lay here for longer is not given out: others may have taken its entries over
     * @param failedInPart told why some of the streams could not be read while others were
     */
    public StreamReads(RedisLink link, Timers timers, Ticker ticker, Duration fresh, Consumer<Throwable> failedInPart) {
        this.link = link;
        this.timers = timers;
        this.ticker = ticker;
        this.fresh = fresh;
        this.failedInPart = failedInPart;
        link.onUp(this::askForName);
    }

    private void askForName() {
        connection = null;
        if (link.isOneServer()) {
            link.send(Request.cmd(Command.CLIENT).arg("ID")).onSuccess(id -> connection = id.toString());
        }
    }

    /** Some of the streams have not answered yet, and may have more than none. */
    public boolean isOwed() {
        return !owed.isEmpty();
    }

    /**
     * Answers, for each stream that has something, its key and its entries; nothing if none has within the wait.
     *
     * @param command a new XREAD or XREADGROUP without BLOCK and STREAMS
     * @param streams their keys, and behind which entry to read
     * @param wait    zero: not at all
     */
    public Future<List<Response>> read(Supplier<Request> command, Map<String, String> streams, Duration wait) {
        cut = false;
        return link.isOneServer() ? readOnce(command, streams, wait) : poll(command, streams, wait, SHORTEST);
    }

    /**
     * Ends the wait of the read that is out, as if its time were over; what came before is not lost. The link is blocked, so
     * Redis is told through another one, and again until it is over: the read may not have come there yet. Where the user of
     * Redis may not say that, the wait ends by itself.
     */
    public void cut(RedisLink other) {
        cut = true;
        if (waiting) {
            endWait(other).onSuccess(told -> timers.after(AGAIN, () -> cutAgain(other)));
        }
    }

    private Future<?> endWait(RedisLink other) {
        return connection == null
                ? Future.succeededFuture()
                : other.send(Request.cmd(Command.CLIENT).arg("UNBLOCK").arg(connection));
    }

    private void cutAgain(RedisLink other) {
        if (cut) {
            cut(other);
        }
    }

    private Future<List<Response>> readOnce(Supplier<Request> command, Map<String, String> streams, Duration wait) {
        Request request = command.get();
        if (!wait.isZero()) {
            request.arg("BLOCK").arg(wait.toMillis());
            waiting = true;
        }
        request.arg("STREAMS");
        streams.keySet().forEach(request::arg);
        streams.values().forEach(request::arg);
        return link.send(request).onComplete(done -> waiting = false).map(StreamReads::found);
    }

    private static List<Response> found(Response answer) {
        return answer == null ? List.of() : answer.stream().toList();
    }

    private Future<List<Response>> poll(
            Supplier<Request> command, Map<String, String> streams, Duration left, Duration pause) {
        return readEach(command, streams).compose(found -> {
            if (!found.isEmpty() || cut || left.isNegative() || left.isZero()) {
                return Future.succeededFuture(found);
            }
            Duration longer = pause.multipliedBy(2);
            Duration next = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
            return after(pause).compose(over -> poll(command, streams, left.minus(pause), next));
        });
    }

    private Future<Void> after(Duration pause) {
        Promise<Void> over = Promise.promise();
        timers.after(pause, over::complete);
        return over.future();
    }

    /** When each has answered, or some have and the others take long: what those bring comes with a later read. */
    private Future<List<Response>> readEach(Supplier<Request> command, Map<String, String> streams) {
        streams.forEach((stream, position) -> owed.computeIfAbsent(
                stream,
                none -> new Owed(
                        link.send(command.get().arg("STREAMS").arg(stream).arg(position)), ticker)));
        List<Future<Response>> each =
                owed.values().stream().map(one -> one.answer).toList();
        Promise<Void> enough = Promise.promise();
        Timers.Timer late = timers.after(LONG, () -> each.forEach(one -> one.onComplete(done -> enough.tryComplete())));
        Future.join(each).onComplete(all -> enough.tryComplete());
        return enough.future().onComplete(done -> late.cancel()).compose(done -> answered());
    }

    private Future<List<Response>> answered() {
        List<Response> found = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        boolean anyRead = false;
        long old = ticker.nanos() - fresh.toNanos();
        Iterator<Owed> each = owed.values().iterator();
        while (each.hasNext()) {
            Owed owes = each.next();
            Future<Response> one = owes.answer;
            if (one.isComplete()) {
                each.remove();
                anyRead |= one.succeeded();
                if (one.failed()) {
                    failures.add(one.cause());
                } else if (owes.cameAt - old >= 0) {
                    found.addAll(found(one.result()));
                }
            }
        }
        if (!anyRead && !failures.isEmpty()) {
            return Future.failedFuture(failures.get(0));
        }
        failures.forEach(failedInPart);
        return Future.succeededFuture(found);
    }
}
