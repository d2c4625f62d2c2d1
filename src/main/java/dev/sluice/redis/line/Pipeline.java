package dev.sluice.redis.line;

import dev.sluice.redis.trouble.RedisUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is under way on one connection. The client has places for so many unanswered commands and refuses the next one;
 * here it waits for its place, in order, and a batch of any size goes in parts. Confined to one context.
 *
 * <p>Why not as many places as anybody could want: the client makes them all at once, for each connection.
 */
public final class Pipeline {
    /** Places of the client. */
    public static final int MOST_UNANSWERED = 1 << 14;

    /** Commands that have no answer yet; what would be more fails. */
    public static final int MOST_OUTSTANDING = 1 << 18;

    private static final int PART = 1 << 12;

    private final RedisConnection connection;

    // confined state
    private final Deque<Waiting<?>> waiting = new ArrayDeque<>();
    private int outstanding;
    private int unanswered;
    private long answered;

    Pipeline(RedisConnection connection) {
        this.connection = connection;
    }

    private record Waiting<T>(int answers, Supplier<Future<T>> command, Promise<T> promise) {}

    public Future<Response> send(Request request) {
        return enter(1, () -> connection.send(request));
    }

    /** One answer each, in order; fails if one of the parts does. */
    public Future<List<Response>> batch(List<Request> requests) {
        if (requests.size() <= PART) {
            return enter(requests.size(), () -> connection.batch(requests));
        }
        List<Future<List<Response>>> parts = new ArrayList<>();
        for (int from = 0; from < requests.size(); from += PART) {
            List<Request> part = requests.subList(from, Math.min(requests.size(), from + PART));
            parts.add(enter(part.size(), () -> connection.batch(part)));
        }
        return Future.join(parts)
                .map(all ->
                        parts.stream().flatMap(part -> part.result().stream()).toList());
    }

    /** Commands that have no answer yet, sent or not. */
    int outstanding() {
        return outstanding;
    }

    /** Grows with each answer. */
    long answered() {
        return answered;
    }

    private <T> Future<T> enter(int answers, Supplier<Future<T>> command) {
        if (outstanding + answers > MOST_OUTSTANDING) {
            return Future.failedFuture(new RedisUnavailable("%d commands wait for Redis (expected: at most %d)"
                    .formatted(outstanding + answers, MOST_OUTSTANDING)));
        }
        outstanding += answers;
        if (waiting.isEmpty() && fits(answers)) {
            return send(answers, command);
        }
        Promise<T> promise = Promise.promise();
        waiting.add(new Waiting<>(answers, command, promise));
        return promise.future();
    }

    private boolean fits(int answers) {
        return unanswered + answers <= MOST_UNANSWERED;
    }

    private <T> Future<T> send(int answers, Supplier<Future<T>> command) {
        unanswered += answers;
        return command.get().onComplete(done -> {
            unanswered -= answers;
            outstanding -= answers;
            answered += answers;
            advance();
        });
    }

    private void advance() {
        while (!waiting.isEmpty() && fits(waiting.element().answers)) {
            start(waiting.remove());
        }
    }

    private <T> void start(Waiting<T> next) {
        send(next.answers, next.command).onComplete(next.promise);
    }

    /** The connection is about to be closed, which fails what was sent; this fails what was not. */
    void end(Throwable cause) {
        List<Waiting<?>> left = List.copyOf(waiting);
        waiting.clear();
        left.forEach(command -> {
            outstanding -= command.answers;
            command.promise.fail(cause);
        });
    }
}
