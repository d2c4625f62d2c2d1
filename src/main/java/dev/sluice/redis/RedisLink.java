package dev.sluice.redis;

import dev.sluice.time.Timers;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to Redis that is held, pipelined, watched and made again.
 *
 * <p>Lives on the context that opened it. Calls from there answer there without a hop; calls from another context
 * answer on that one. While Redis is away every call fails at once with {@link RedisUnavailable}: callers decide what to
 * keep. A command that blocks in Redis stalls all behind it, so a blocking reader has a link of its own.
 *
 * <h2>Why not the pool</h2>
 *
 * {@code Redis.send()} takes a connection for one command and gives it back: it does not pipeline, and fails beyond 30
 * callers by default (76 of 100 concurrent commands did). The client has no command timeout and does not reconnect a
 * held connection; both are here, without a timer per command: answers come in order, so "no answer since the last
 * look" is enough.
 */
public final class RedisLink {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final int MAX_OUTSTANDING = 1 << 14;

    private final Vertx vertx;
    private final Context home;
    private final RedisTarget target;
    private final String name;
    private final Duration patience;
    private final Timers timers;

    // confined to home
    private final List<Runnable> upListeners = new ArrayList<>();
    private @Nullable Redis client;
    private Timers.@Nullable Timer look;
    private long pauseMillis;
    private long sent;
    private long answered;
    private long answeredAtLastLook;
    private int idleLooks;
    private boolean closed;

    // read by other threads
    private volatile @Nullable RedisConnection connection;

    private RedisLink(Vertx vertx, RedisTarget target, String name, Duration patience) {
        this.vertx = vertx;
        this.home = vertx.getOrCreateContext();
        this.target = target;
        this.name = name;
        this.patience = patience;
        this.timers = new VertxTimers(vertx);
        this.pauseMillis = target.reconnectMin().toMillis();
    }

    /**
     * Starts connecting and goes on until closed.
     *
     * @param name for the log: what it is for
     */
    public static RedisLink open(Vertx vertx, RedisTarget target, String name) {
        return openBlocking(vertx, target, name, Duration.ZERO);
    }

    /** For commands that may block in Redis for up to {@code block}. */
    public static RedisLink openBlocking(Vertx vertx, RedisTarget target, String name, Duration block) {
        RedisLink link =
                new RedisLink(vertx, target, name, target.commandTimeout().plus(block));
        link.home.runOnContext(go -> {
            link.connect();
            link.look = link.timers.every(link.patience.dividedBy(4), link::look);
        });
        return link;
    }

    public boolean isUp() {
        return connection != null;
    }

    /** Runs on the link's context each time a connection is made; at once if there is one. */
    public void onUp(Runnable listener) {
        home.runOnContext(go -> {
            upListeners.add(listener);
            if (connection != null) {
                listener.run();
            }
        });
    }

    /** Completes when the link is connected for the first time, at once if it is. */
    public Future<Void> up() {
        Promise<Void> up = Promise.promise();
        onUp(up::tryComplete);
        return up.future();
    }

    /** Makes Redis know the scripts before anything else is sent, so that a call by digest may stand in a batch. */
    public void preload(Script... scripts) {
        onUp(() -> {
            for (Script script : scripts) {
                send(Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.source()));
            }
        });
    }

    /** For a preloaded script that Redis turned out to have forgotten. */
    public void preloadAgain(Throwable cause, Script script) {
        if (String.valueOf(cause.getMessage()).contains("NOSCRIPT")) {
            send(Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.source()));
        }
    }

    /** Fails with {@link RedisUnavailable}, or with the error that Redis answered. */
    public Future<Response> send(Request request) {
        return route(live -> live.send(request), 1);
    }

    /** One write for all; one answer each, in order. Fails whole if one of them fails: what the others did is unknown. */
    public Future<List<Response>> batch(List<Request> requests) {
        return route(live -> live.batch(requests), requests.size());
    }

    /** Calls a script by its digest; sends its source only if Redis does not know it. */
    public Future<Response> eval(Script script, List<String> keys, List<String> arguments) {
        return send(evalRequest(Command.EVALSHA, script.sha(), keys, arguments))
                .recover(cause -> String.valueOf(cause.getMessage()).startsWith("NOSCRIPT")
                        ? send(evalRequest(Command.EVAL, script.source(), keys, arguments))
                        : Future.failedFuture(cause));
    }

    /**
     * A batch of calls of one script by its digest, for arguments that are no text. Redis may have forgotten the script;
     * then none of them did anything, and they are made again.
     */
    public Future<List<Response>> calls(Script script, Supplier<List<Request>> requests) {
        return batch(requests.get())
                .recover(cause -> String.valueOf(cause.getMessage()).contains("NOSCRIPT")
                        ? send(Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.source()))
                                .compose(loaded -> batch(requests.get()))
                        : Future.failedFuture(cause));
    }

    /** Fails what is outstanding. */
    public Future<Void> close() {
        Promise<Void> done = Promise.promise();
        home.runOnContext(go -> {
            closed = true;
            drop("closed");
            if (look != null) {
                look.cancel();
            }
            done.complete();
        });
        return done.future();
    }

    private static Request evalRequest(Command command, String script, List<String> keys, List<String> arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }

    private <T> Future<T> route(Function<RedisConnection, Future<T>> command, int answers) {
        Context caller = Vertx.currentContext();
        if (caller == home) {
            return run(command, answers);
        }
        Promise<T> promise = Promise.promise();
        home.runOnContext(go -> run(command, answers).onComplete(result -> {
            if (caller == null) {
                promise.handle(result);
            } else {
                caller.runOnContext(back -> promise.handle(result));
            }
        }));
        return promise.future();
    }

    private <T> Future<T> run(Function<RedisConnection, Future<T>> command, int answers) {
        RedisConnection live = connection;
        if (live == null) {
            return Future.failedFuture(new RedisUnavailable("Redis is away (%s)".formatted(name)));
        }
        sent += answers;
        return command.apply(live).onComplete(done -> answered += answers).recover(cause -> {
            Throwable told = translate(cause);
            if (told instanceof RedisUnavailable && isReadOnly(cause)) {
                drop("a read-only replica answered");
            }
            return Future.failedFuture(told);
        });
    }

    private static Throwable translate(Throwable cause) {
        boolean errorAnswer = cause instanceof Response response && response.type() == ResponseType.ERROR;
        String text = String.valueOf(cause.getMessage());
        return errorAnswer && !Temporary.isTemporary(text) ? cause : new RedisUnavailable(text);
    }

    private static boolean isReadOnly(Throwable cause) {
        return String.valueOf(cause.getMessage()).contains("READONLY");
    }

    private void connect() {
        if (closed) {
            return;
        }
        Redis fresh = Redis.createClient(vertx, options());
        client = fresh;
        fresh.connect()
                .compose(RedisLink::answering)
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(live -> {
                    if (closed || client != fresh) {
                        fresh.close();
                        return;
                    }
                    live.endHandler(end -> lost(fresh, "connection closed"));
                    live.exceptionHandler(cause -> lost(fresh, String.valueOf(cause.getMessage())));
                    up(live);
                })
                .onFailure(cause -> lost(fresh, String.valueOf(cause.getMessage())));
    }

    /** A server that still reads its data takes connections and refuses commands: it is away, too. */
    private static Future<RedisConnection> answering(RedisConnection live) {
        return live.send(Request.cmd(Command.PING))
                .transform(answer -> answer.failed() && translate(answer.cause()) instanceof RedisUnavailable
                        ? Future.failedFuture(answer.cause())
                        : Future.succeededFuture(live));
    }

    private RedisOptions options() {
        return new RedisOptions()
                .setConnectionString(target.uri())
                .setProtocolNegotiation(false)
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setPoolRecycleTimeout(-1)
                .setMaxWaitingHandlers(MAX_OUTSTANDING);
    }

    private void up(RedisConnection live) {
        connection = live;
        pauseMillis = target.reconnectMin().toMillis();
        sent = 0;
        answered = 0;
        idleLooks = 0;
        LOG.atDebug().addKeyValue("link", name).log("connected to Redis");
        List.copyOf(upListeners).forEach(Runnable::run);
    }

    private void lost(Redis which, String reason) {
        if (client != which) {
            return; // an older connection's last words
        }
        drop(reason);
    }

    /** Closes the connection, which fails what is outstanding, and makes a new one after a pause. */
    private void drop(String reason) {
        Redis old = client;
        boolean wasUp = connection != null;
        client = null;
        connection = null;
        if (old != null) {
            old.close();
        }
        if (closed) {
            return;
        }
        if (wasUp) {
            LOG.atWarn().addKeyValue("link", name).addKeyValue("reason", reason).log("lost Redis");
        }
        long pause = pauseMillis;
        pauseMillis = Math.min(target.reconnectMax().toMillis(), pauseMillis * 2);
        timers.after(Duration.ofMillis(pause), this::connect);
    }

    /** Four looks without an answer, while one is owed, are one patience. */
    private void look() {
        boolean stuck = connection != null && sent > answered && answered == answeredAtLastLook;
        idleLooks = stuck ? idleLooks + 1 : 0;
        answeredAtLastLook = answered;
        if (idleLooks > 4) {
            idleLooks = 0;
            drop("no answer for " + patience);
        }
    }
}
