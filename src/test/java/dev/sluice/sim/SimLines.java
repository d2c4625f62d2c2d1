package dev.sluice.sim;

import dev.sluice.redis.line.Kept;
import dev.sluice.redis.line.Lines;
import dev.sluice.redis.line.Server;
import dev.sluice.redis.line.Written;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.redis.trouble.Trouble;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;

/** A link of a process to the simulated Redis, as {@code WatchedConnection} is one to a real one: watched, and made again. */
final class SimLines implements Lines {
    private static final long PAUSE_MIN = 100 * Times.MILLI;
    private static final long PAUSE_MAX = 2 * Times.SECOND;

    private final Scheduler scheduler;
    private final SimServer server;
    private final SimLoop loop;
    private final String name;
    private final Duration patience;
    private final LongSupplier latency;
    private final List<Runnable> upListeners = new ArrayList<>();
    private SimLine line;
    private boolean closed;
    private Timers.Timer look;
    private long pause = PAUSE_MIN;
    private long answeredAtLastLook;
    private int idleLooks;

    SimLines(
            Scheduler scheduler, SimServer server, SimLoop loop, String name, Duration patience, LongSupplier latency) {
        this.scheduler = scheduler;
        this.server = server;
        this.loop = loop;
        this.name = name;
        this.patience = patience;
        this.latency = latency;
    }

    @Override
    public void open() {
        connect();
        look = loop.every(patience.dividedBy(4), this::look);
    }

    private void connect() {
        loop.after(Duration.ofNanos(4 * latency.getAsLong()), () -> {
            if (closed || line != null) {
                return;
            }
            if (server.isDown()) {
                later();
            } else {
                up();
            }
        });
    }

    private void up() {
        SimLine[] fresh = new SimLine[1];
        fresh[0] = new SimLine(
                scheduler, server, loop, name, latency, () -> drop(fresh[0], Trouble.AWAY, "connection closed"));
        line = fresh[0];
        pause = PAUSE_MIN;
        answeredAtLastLook = 0;
        idleLooks = 0;
        List.copyOf(upListeners).forEach(Runnable::run);
    }

    private void drop(SimLine which, Trouble why, String reason) {
        if (which != line || line == null) {
            return;
        }
        line = null;
        idleLooks = 0;
        which.giveUp(why, reason);
        if (!closed) {
            later();
        }
    }

    private void later() {
        loop.after(Duration.ofNanos(pause), this::connect);
        pause = Math.min(PAUSE_MAX, 2 * pause);
    }

    /** Four looks without an answer, while one is owed, are one patience. */
    private void look() {
        SimLine live = line;
        long answered = live == null ? 0 : live.answered();
        boolean isIdle = live != null && live.outstanding() > 0 && answered == answeredAtLastLook;
        idleLooks = isIdle ? idleLooks + 1 : 0;
        answeredAtLastLook = answered;
        if (idleLooks > 4) {
            drop(live, Trouble.AWAY, "no answer for " + patience);
        }
    }

    @Override
    public boolean isUp() {
        return line != null;
    }

    @Override
    public boolean isUp(String key) {
        return isUp();
    }

    @Override
    public int outstanding() {
        return line == null ? 0 : line.outstanding();
    }

    @Override
    public void onUp(Runnable listener) {
        upListeners.add(listener);
        if (isUp()) {
            listener.run();
        }
    }

    @Override
    public void greet(List<Request> requests) {
        onUp(() -> requests.forEach(this::send));
    }

    @Override
    public Future<Void> sendAll(Request request) {
        return send(request).mapEmpty();
    }

    private Future<Response> raw(Request request) {
        if (line == null) {
            return Future.failedFuture(new RedisUnavailable(Trouble.AWAY, "Redis does not answer (" + name + ")"));
        }
        Promise<Response> promise = Promise.promise();
        line.send(request, promise);
        return promise.future();
    }

    private static <T> Future<T> told(Future<T> answer) {
        return answer.recover(cause -> {
            Trouble why = Trouble.of(cause);
            return Future.failedFuture(
                    why == null || cause instanceof RedisUnavailable
                            ? cause
                            : new RedisUnavailable(why, String.valueOf(cause.getMessage())));
        });
    }

    @Override
    public Future<Response> send(Request request) {
        return told(raw(request));
    }

    @Override
    public Future<List<Response>> batch(List<Request> requests) {
        List<Future<Response>> each = requests.stream().map(this::raw).toList();
        return told(Future.join(each)
                .map(all -> all.<Response>list())
                .recover(cause -> Future.failedFuture(first(each, cause))));
    }

    private static Throwable first(List<Future<Response>> each, Throwable cause) {
        for (int i = 0; i < each.size(); i++) {
            if (each.get(i).failed() && each.get(i).cause() instanceof ErrorType error) {
                return ErrorType.create("ERR [%d] %s".formatted(i, error.getMessage()));
            }
        }
        return cause;
    }

    @Override
    public Future<Written> repeatable(List<Request> requests) {
        return write(requests, null);
    }

    @Override
    public Future<Written> write(List<Request> requests, Request behind) {
        int last = requests.size();
        if (behind == null) {
            return batch(requests).map(answers -> new Written(answers, Collections.nCopies(last, null)));
        }
        List<Request> all = new ArrayList<>(requests);
        all.add(behind);
        return batch(all)
                .map(answers -> new Written(answers.subList(0, last), Collections.nCopies(last, answers.get(last))));
    }

    @Override
    public Future<Kept> keep(Request request) {
        SimLine live = line;
        return send(request).map(answer -> {
            Promise<Void> replicated = Promise.promise();
            askReplicas(live, replicated);
            return new Kept(answer, replicated.future());
        });
    }

    /** Until they have it, or nobody knows any more. */
    private void askReplicas(SimLine on, Promise<Void> replicated) {
        if (line != on) {
            replicated.fail(new RedisUnavailable("the connection was lost before replicas had what was written"));
            return;
        }
        send(Request.cmd(Command.WAIT).arg(1).arg(10)).onComplete((reached, away) -> {
            if (away == null && reached.toInteger() > 0) {
                replicated.complete();
            } else {
                loop.after(Duration.ofMillis(100), () -> askReplicas(on, replicated));
            }
        });
    }

    @Override
    public List<Server> servers() {
        return List.of(new Server("", this::send));
    }

    @Override
    public void close() {
        closed = true;
        if (line != null) {
            drop(line, Trouble.AWAY, "closed");
        }
        look.cancel();
    }
}
