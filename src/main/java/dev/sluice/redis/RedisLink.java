package dev.sluice.redis;

import dev.sluice.bus.Home;
import dev.sluice.fault.Again;
import dev.sluice.fault.AgainEach;
import dev.sluice.fault.Faults;
import dev.sluice.redis.address.RedisAddress;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.redis.cluster.ClusterLines;
import dev.sluice.redis.line.Kept;
import dev.sluice.redis.line.Lines;
import dev.sluice.redis.line.OneLine;
import dev.sluice.redis.line.Sentinels;
import dev.sluice.redis.line.Server;
import dev.sluice.redis.line.WatchedConnection;
import dev.sluice.redis.line.Whereabouts;
import dev.sluice.redis.line.Written;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.redis.trouble.Trouble;
import dev.sluice.time.Timers;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way to Redis for one purpose: commands go out in the order in which they are given, and are not waited for.
 *
 * <p>Lives on the context that opened it. Calls from there answer there without a hop; calls from another context
 * answer on that one. While Redis is away every call fails at once with {@link RedisUnavailable}: callers decide what to
 * keep. A command that blocks in Redis stalls all behind it, so a blocking reader has a link of its own.
 *
 * <h2>Why not the pool</h2>
 *
 * {@code Redis.send()} takes a connection for one command and gives it back: it does not pipeline, and fails beyond 30
 * callers by default (76 of 100 concurrent commands did). It neither gives up a command nor reconnects a held connection.
 */
public final class RedisLink {
    private static final Duration UNTIL_TOLD = Duration.ofMillis(500);

    private final Home home;
    private final Lines lines;
    private final Faults faults;
    private final Timers timers;
    /** What replicas are asked before a person is told that something is done. */
    private final @Nullable Request replicated;

    // confined to home
    private final Set<Script> told = new LinkedHashSet<>();

    private RedisLink(Home home, Lines lines, Faults faults, Timers timers, int replicas) {
        this.home = home;
        this.lines = lines;
        this.faults = faults;
        this.timers = timers;
        this.replicated =
                replicas == 0 ? null : Request.cmd(Command.WAIT).arg(replicas).arg(UNTIL_TOLD.toMillis());
    }

    /**
     * Starts connecting and goes on until closed.
     *
     * @param name for the log: what it is for
     */
    public static RedisLink open(Vertx vertx, RedisTarget target, String name) {
        return openBlocking(vertx, target, name, Duration.ZERO, Faults.UNCOUNTED);
    }

    /** For commands that may block in Redis for up to {@code block}. */
    public static RedisLink openBlocking(Vertx vertx, RedisTarget target, String name, Duration block) {
        return openBlocking(vertx, target, name, block, Faults.UNCOUNTED);
    }

    /** @param faults for those who work on this link: see {@link #faults()} */
    public static RedisLink openBlocking(Vertx vertx, RedisTarget target, String name, Duration block, Faults faults) {
        Lines lines = lines(vertx, target, name, target.commandTimeout().plus(block));
        RedisLink link = new RedisLink(Home.here(vertx), lines, faults, new VertxTimers(vertx), target.replicas());
        link.home.run(lines::open);
        return link;
    }

    /** Over lines of another make, that are open: for those who simulate Redis. */
    public static RedisLink over(Home home, Lines lines, Faults faults, Timers timers, int replicas) {
        return new RedisLink(home, lines, faults, timers, replicas);
    }

    private static Lines lines(Vertx vertx, RedisTarget target, String name, Duration patience) {
        RedisAddress address = target.address();
        return switch (address.form()) {
            case ALONE -> one(vertx, target, Whereabouts.at(address.nodes().get(0)), name, patience);
            case SENTINEL -> one(vertx, target, new Sentinels(vertx, target), name, patience);
            case CLUSTER -> new ClusterLines(vertx, target, name, patience);
        };
    }

    private static Lines one(Vertx vertx, RedisTarget target, Whereabouts where, String name, Duration patience) {
        return new OneLine(
                new WatchedConnection(vertx, target, where, name, patience), target.replicas(), new VertxTimers(vertx));
    }

    /** Where those who work on this link tell what goes wrong though Redis is there. */
    public Faults faults() {
        return faults;
    }

    /** For something whose success is only watched, on the calling context. */
    public Again again(String what) {
        return faults.again(what, timers);
    }

    /** As {@link #again}, for many. */
    public AgainEach againEach(String what) {
        return faults.each(what, timers);
    }

    public boolean isUp() {
        return lines.isUp();
    }

    /** Commands that have no answer yet. */
    int outstanding() {
        return lines.outstanding();
    }

    /** Runs on the link's context each time a connection is made; at once if there is one. */
    public void onUp(Runnable listener) {
        home.run(() -> lines.onUp(listener));
    }

    /** Completes when the link is connected for the first time, at once if it is. */
    public Future<Void> up() {
        Promise<Void> up = Promise.promise();
        onUp(up::tryComplete);
        return up.future();
    }

    /** Fails with {@link RedisUnavailable}, or with the error that Redis answered. */
    public Future<Response> send(Request request) {
        return home.ask(() -> lines.send(request));
    }

    /**
     * One answer each, in order. Fails whole if one of them fails: what the others did is unknown. Those that share a hash
     * tag are done in order.
     */
    public Future<List<Response>> batch(List<Request> requests) {
        return home.ask(() -> lines.batch(requests).onFailure(this::tellAgain));
    }

    /**
     * As {@link #batch}, but in a cluster some may be done and others not, which {@link Written} tells apart; fails if none is.
     *
     * @param behind asked of every server that wrote, about what was written before it; null: nothing
     */
    public Future<Written> write(List<Request> requests, @Nullable Request behind) {
        return home.ask(() -> lines.write(requests, behind)
                .onSuccess(written -> written.failures().forEach(this::tellAgain))
                .onFailure(this::tellAgain));
    }

    /** Redis is sent the script if it does not know it. */
    public Future<Response> call(ScriptCall call) {
        return send(call.request())
                .recover(cause -> isForgotten(cause)
                        ? load(call.script()).compose(loaded -> send(call.request()))
                        : Future.failedFuture(cause));
    }

    /**
     * As {@link #call}, and tells when a failover does not lose it any more. For what makes a later write right that another
     * server may get: another master of a cluster, or, while Sentinels make one of a replica, the one that another link sees.
     */
    public Future<Kept> keep(ScriptCall call) {
        return home.ask(() -> lines.keep(call.request()))
                .recover(cause -> isForgotten(cause)
                        ? load(call.script()).compose(loaded -> home.ask(() -> lines.keep(call.request())))
                        : Future.failedFuture(cause));
    }

    /**
     * As {@link #call}, for what a person is told is done: answers when as many replicas have it as are wanted, so that a
     * failover does not take it back. Where they are missing it answers half a second later all the same, since it is done; that
     * they are missing is said by whoever looks at Redis.
     */
    public Future<Response> callDurably(ScriptCall call) {
        return durably(call)
                .recover(cause -> isForgotten(cause)
                        ? load(call.script()).compose(loaded -> durably(call))
                        : Future.failedFuture(cause));
    }

    private Future<Response> durably(ScriptCall call) {
        return home.ask(() -> lines.write(List.of(call.request()), replicated))
                .compose(done ->
                        done.isDone(0) ? Future.succeededFuture(done.answer(0)) : Future.failedFuture(done.failure(0)));
    }

    /** As {@link #batch}, of one script. */
    public Future<List<Response>> calls(List<ScriptCall> calls) {
        return callEach(calls)
                .compose(done -> done.failures().isEmpty()
                        ? Future.succeededFuture(done.answers())
                        : Future.failedFuture(done.failures().iterator().next()));
    }

    /** As {@link #write}, of one script, whose calls may take effect twice; where Redis does not know it they go again. */
    public Future<Written> callEach(List<ScriptCall> calls) {
        List<Request> requests = calls.stream().map(ScriptCall::request).toList();
        return each(requests)
                .compose(done -> done.failures().stream().anyMatch(RedisLink::isForgotten)
                        ? load(calls.get(0).script()).compose(loaded -> repeatMissing(requests, done))
                        : Future.succeededFuture(done))
                .recover(cause -> isForgotten(cause)
                        ? load(calls.get(0).script()).compose(loaded -> each(requests))
                        : Future.failedFuture(cause));
    }

    private Future<Written> repeatMissing(List<Request> requests, Written first) {
        return each(first.missing().keySet().stream().map(requests::get).toList())
                .transform(done -> Future.succeededFuture(done.succeeded() ? first.with(done.result()) : first));
    }

    /** As {@link #write} with nothing behind, of commands that may take effect twice. */
    public Future<Written> each(List<Request> requests) {
        return home.ask(() -> lines.repeatable(requests));
    }

    /** For who must look at each server that holds data. */
    public <T> Future<T> onServers(Function<List<Server>, Future<T>> look) {
        return home.ask(() -> look.apply(lines.servers()));
    }

    /** One command may be about keys of different hash tags. */
    public boolean isOneServer() {
        return !(lines instanceof ClusterLines);
    }

    /** Whether commands with this key can be done, as far as is known. Any thread. */
    public boolean isUp(String key) {
        return lines.isUp(key);
    }

    /**
     * Makes Redis know the scripts before anything else is sent: then their calls go in the order in which they are given,
     * and may stand among commands in a batch.
     */
    public void tell(Script... scripts) {
        home.run(() -> {
            told.addAll(List.of(scripts));
            lines.greet(Stream.of(scripts).map(RedisLink::loading).toList());
        });
    }

    /** A batch with commands cannot go again by itself; the next one will find the script. */
    private void tellAgain(Throwable cause) {
        if (isForgotten(cause)) {
            told.forEach(this::load);
        }
    }

    private Future<Void> load(Script script) {
        return home.ask(() -> lines.sendAll(loading(script)));
    }

    private static Request loading(Script script) {
        return Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.source());
    }

    private static boolean isForgotten(Throwable cause) {
        return Trouble.of(cause) == Trouble.FORGOTTEN_SCRIPT;
    }

    /** Fails what is outstanding. */
    public Future<Void> close() {
        return home.ask(() -> {
            lines.close();
            return Future.succeededFuture();
        });
    }
}
