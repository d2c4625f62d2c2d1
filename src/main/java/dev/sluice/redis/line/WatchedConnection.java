package dev.sluice.redis.line;

import dev.sluice.redis.address.RedisNode;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.redis.trouble.Trouble;
import dev.sluice.time.Timers;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to one server that is watched, and made again when it is lost. Confined to the context that made it.
 *
 * <p>The client has no command timeout; here is one without a timer for each command: answers come in order, so "no
 * answer since the last look" is enough.
 */
public final class WatchedConnection {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedConnection.class);

    private final Door door;
    private final Whereabouts where;
    private final RedisTarget target;
    private final String name;
    private final Duration patience;
    private final Timers timers;

    // confined state
    private final List<Runnable> upListeners = new ArrayList<>();
    private final List<Runnable> lostListeners = new ArrayList<>();
    private @Nullable Redis client;
    /** Grows with each attempt to connect, so that the last words of an earlier one are not heard. */
    private int attempt;

    private Timers.@Nullable Timer look;
    /** To which it was connected last. */
    private @Nullable RedisNode node;

    private long pauseMillis;
    private long answeredAtLastLook;
    private long answeredWhenAsked;
    private int idleLooks;
    private boolean closed;
    /** What is wrong, as it was logged last; null while connected. */
    private @Nullable Trouble trouble;

    // read by other threads
    private volatile @Nullable Pipeline pipeline;
    private volatile boolean stuck;

    /**
     * @param name     for the log
     * @param patience how long it may owe an answer
     */
    public WatchedConnection(Vertx vertx, RedisTarget target, Whereabouts where, String name, Duration patience) {
        this.door = Door.ofRedis(vertx, target);
        this.where = where;
        this.target = target;
        this.name = name;
        this.patience = patience;
        this.timers = new VertxTimers(vertx);
        this.pauseMillis = target.reconnectMin().toMillis();
    }

    /** Goes on until closed. */
    public void open() {
        connect();
        look = timers.every(patience.dividedBy(4), this::look);
    }

    /** The connection as it is now; null while there is none. */
    public @Nullable Pipeline live() {
        return pipeline;
    }

    /** Any thread. */
    public boolean isUp() {
        return pipeline != null;
    }

    /** It has owed an answer for half of its patience: what comes now would wait with the rest. Any thread. */
    public boolean isStuck() {
        return stuck;
    }

    /** Any thread; what another one is told may be a little old. */
    public int outstanding() {
        Pipeline live = pipeline;
        return live == null ? 0 : live.outstanding();
    }

    public void onUp(Runnable listener) {
        upListeners.add(listener);
        if (isUp()) {
            listener.run();
        }
    }

    /** It owes an answer, and has given none since it was asked this the last time. */
    public boolean isSilent() {
        Pipeline live = pipeline;
        long answered = live == null ? 0 : live.answered();
        boolean isSilent = live != null && live.outstanding() > 0 && answered == answeredWhenAsked;
        answeredWhenAsked = answered;
        return isSilent;
    }

    /** Runs each time a connection is lost that was used. */
    public void onLost(Runnable listener) {
        lostListeners.add(listener);
    }

    /** Fails with {@link RedisUnavailable} while there is no connection. */
    public <T> Future<T> run(Function<Pipeline, Future<T>> command) {
        Pipeline live = pipeline;
        if (live == null) {
            Trouble why = trouble == null ? Trouble.AWAY : trouble;
            return Future.failedFuture(new RedisUnavailable(why, "%s (%s)".formatted(why.sentence(), name)));
        }
        return command.apply(live).recover(cause -> Future.failedFuture(told(live, cause)));
    }

    private Throwable told(Pipeline which, Throwable cause) {
        Trouble why = Trouble.of(cause);
        if (why == Trouble.READ_ONLY && which == pipeline) {
            drop(why, why.sentence());
        }
        return why == null || cause instanceof RedisUnavailable
                ? cause
                : new RedisUnavailable(why, String.valueOf(cause.getMessage()));
    }

    public void close() {
        closed = true;
        drop(Trouble.AWAY, "closed");
        if (look != null) {
            look.cancel();
        }
    }

    private void connect() {
        if (closed) {
            return;
        }
        int mine = ++attempt;
        Future<Void> connected = where.find().compose(node -> connect(node, mine));
        Deadline.within(timers, patience, connected).onFailure(cause -> lost(mine, cause));
    }

    private Future<Void> connect(RedisNode found, int mine) {
        if (closed || attempt != mine) {
            return Future.succeededFuture();
        }
        Redis fresh = door.client(found);
        client = fresh;
        node = found;
        return door.connect(fresh)
                .compose(WatchedConnection::answering)
                .compose(where::verify)
                .onSuccess(live -> {
                    if (closed || attempt != mine) {
                        fresh.close();
                        return;
                    }
                    live.endHandler(end -> lost(mine, new RedisUnavailable("connection closed")));
                    live.exceptionHandler(cause -> lost(mine, cause));
                    up(new Pipeline(live));
                })
                .mapEmpty();
    }

    /** A server that still reads its data, say, takes connections and refuses commands: it is away, too. */
    private static Future<RedisConnection> answering(RedisConnection live) {
        return live.send(Request.cmd(Command.PING))
                .transform(answer -> answer.failed() && Trouble.of(answer.cause()) != null
                        ? Future.failedFuture(answer.cause())
                        : Future.succeededFuture(live));
    }

    private void up(Pipeline fresh) {
        pipeline = fresh;
        pauseMillis = target.reconnectMin().toMillis();
        answeredAtLastLook = 0;
        idleLooks = 0;
        trouble = null;
        LOG.atDebug().addKeyValue("link", name).log("connected to Redis");
        List.copyOf(upListeners).forEach(Runnable::run);
    }

    private void lost(int which, Throwable cause) {
        if (attempt != which) {
            return;
        }
        Trouble why = Trouble.of(cause);
        drop(why == null ? Trouble.AWAY : why, String.valueOf(cause.getMessage()));
    }

    /** Closes the connection, which fails what is outstanding, and makes a new one after a pause. */
    private void drop(Trouble why, String reason) {
        Redis old = client;
        Pipeline former = pipeline;
        attempt++;
        client = null;
        pipeline = null;
        stuck = false;
        idleLooks = 0;
        if (former != null) {
            former.end(new RedisUnavailable(why, reason));
        }
        if (old != null) {
            old.close();
        }
        if (closed) {
            return;
        }
        tell(why, reason, former != null);
        long pause = pauseMillis;
        pauseMillis = Math.min(target.reconnectMax().toMillis(), pauseMillis * 2);
        timers.after(Duration.ofMillis(pause), this::connect);
        if (former != null) {
            List.copyOf(lostListeners).forEach(Runnable::run);
        }
    }

    private void tell(Trouble why, String reason, boolean wasUp) {
        if (wasUp || (trouble != null && trouble != why)) {
            LOG.atWarn()
                    .addKeyValue("link", name)
                    .addKeyValue("trouble", why)
                    .addKeyValue("reason", reason)
                    .log(wasUp ? "lost Redis" : "Redis is away for another reason now");
        }
        trouble = why;
    }

    private void askWhetherItIsRight() {
        Pipeline live = pipeline;
        RedisNode present = node;
        if (live == null || present == null) {
            return;
        }
        where.hasLeft(present).onSuccess(left -> {
            if (left && live == pipeline) {
                drop(Trouble.AWAY, "another server is the master now");
            }
        });
    }

    /** Four looks without an answer, while one is owed, are one patience. */
    private void look() {
        askWhetherItIsRight();
        Pipeline live = pipeline;
        long answered = live == null ? 0 : live.answered();
        boolean isIdle = live != null && live.outstanding() > 0 && answered == answeredAtLastLook;
        idleLooks = isIdle ? idleLooks + 1 : 0;
        answeredAtLastLook = answered;
        stuck = idleLooks > 2;
        if (idleLooks > 4) {
            drop(Trouble.AWAY, "no answer for " + patience);
        }
    }
}
