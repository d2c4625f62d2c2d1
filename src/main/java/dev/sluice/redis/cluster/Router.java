package dev.sluice.redis.cluster;

import dev.sluice.redis.address.RedisNode;
import dev.sluice.redis.line.Deadline;
import dev.sluice.redis.line.WatchedConnection;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.redis.trouble.Trouble;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings each part to the master of its slot, wherever that moves meanwhile. The parts of a slot stay in their order:
 * what comes while one of them looks for its way waits behind it ({@link Detour}). Confined to the context of the link.
 */
final class Router {
    private final Cluster cluster;
    private final Duration patience;

    // confined state
    private final Map<Integer, Detour> detours = new HashMap<>();
    private final Map<Integer, UnderWay> underWay = new HashMap<>();

    /** The parts of a slot that a master owes an answer to. */
    private static final class UnderWay {
        final WatchedConnection line;
        int parts;

        UnderWay(WatchedConnection line) {
            this.line = line;
        }
    }

    Router(Cluster cluster, Duration patience) {
        this.cluster = cluster;
        this.patience = patience;
    }

    /** Its answers, or why not, come through the part. */
    void go(Part part) {
        Detour detour = detours.get(part.slot());
        if (detour != null) {
            detour.follow(part);
        } else if (isElsewhere(part.slot())) {
            Detour fresh = detour(part.slot());
            fresh.follow(part);
            fresh.begin();
        } else {
            send(part);
        }
    }

    /** The slot has another master by now than the one that still owes answers. */
    private boolean isElsewhere(int slot) {
        UnderWay under = underWay.get(slot);
        return under != null && under.line != cluster.line(cluster.owner(slot));
    }

    private Detour detour(int slot) {
        Detour fresh = new Detour(this, cluster, slot, patience);
        detours.put(slot, fresh);
        return fresh;
    }

    /** Completes when what is under way has an answer: a connection answers in order. */
    Future<?> fence(int slot) {
        UnderWay under = underWay.get(slot);
        return under == null ? Future.succeededFuture() : under.line.run(live -> live.send(Request.cmd(Command.PING)));
    }

    /** Not past others of its slot that wait. */
    boolean isFree(int slot) {
        return !detours.containsKey(slot);
    }

    /** Commands that wait for their way. */
    int waiting() {
        return detours.values().stream().mapToInt(Detour::commands).sum();
    }

    void send(Part part) {
        RedisNode node = cluster.owner(part.slot());
        WatchedConnection line = cluster.line(node);
        if (node == null || line == null) {
            part.fail(new RedisUnavailable(
                    Trouble.CLUSTER,
                    part.slot() == Slots.ANY ? "no master answers" : "nobody has slot " + part.slot()));
            return;
        }
        if (line.isStuck()) {
            part.fail(stuck(node));
            return;
        }
        UnderWay under = leaves(part.slot(), line);
        line.run(part::on)
                .onComplete(answered -> arrived(part.slot(), under))
                .onSuccess(answers -> done(part, node, answers))
                .onFailure(cause -> refused(part, redirect(part, node, cause), cause));
    }

    private static RedisUnavailable stuck(RedisNode node) {
        return new RedisUnavailable(node + " owes answers for too long");
    }

    private UnderWay leaves(int slot, WatchedConnection line) {
        UnderWay under = underWay.get(slot);
        if (under == null || under.line != line) {
            under = new UnderWay(line);
            underWay.put(slot, under);
        }
        under.parts++;
        return under;
    }

    private void arrived(int slot, UnderWay under) {
        under.parts--;
        if (under.parts == 0) {
            underWay.remove(slot, under);
        }
    }

    /**
     * Commands of several slots that one master has; they may take effect more than once.
     *
     * @param apart how they go if the master does not have all of them any more
     */
    void together(Part part, RedisNode node, Function<List<Request>, Future<List<Response>>> apart) {
        WatchedConnection line = cluster.line(node);
        Future<List<Response>> answers;
        if (line == null) {
            answers = Future.failedFuture(new RedisUnavailable(Trouble.CLUSTER, node + " is no master any more"));
        } else {
            answers = line.isStuck() ? Future.failedFuture(stuck(node)) : line.run(part::on);
        }
        answers.recover(cause -> Trouble.of(cause) == Trouble.CLUSTER
                        ? apart.apply(part.requests())
                        : Future.failedFuture(cause))
                .onSuccess(done -> part.done(node, done))
                .onFailure(part::fail);
    }

    private void done(Part part, RedisNode by, List<Response> answers) {
        part.done(by, answers);
        Detour detour = detours.get(part.slot());
        if (detour != null && detour.isLed(part)) {
            leave(detour);
        }
    }

    /** A command of which no key is known goes nowhere else. */
    private static @Nullable Redirect redirect(Part part, RedisNode by, Throwable cause) {
        return part.slot() == Slots.ANY ? null : Redirect.of(cause, part.size(), by);
    }

    private void refused(Part part, @Nullable Redirect redirect, Throwable cause) {
        Detour detour = detours.get(part.slot());
        boolean leads = detour != null && detour.isLed(part);
        if (redirect != null) {
            part.refused();
        } else {
            part.fail(cause);
            if (detour != null && leads) {
                leave(detour);
            }
            return;
        }
        RedisNode to = redirect.to();
        if (redirect.kind() == Redirect.Kind.ASK && to != null && (leads || detour == null)) {
            ask(part, to);
            return;
        }
        if (redirect.kind() == Redirect.Kind.MOVED && to != null) {
            cluster.correct(part.slot(), to);
        }
        if (detour != null) {
            detour.refused(part);
        } else {
            Detour fresh = detour(part.slot());
            fresh.refused(part);
            fresh.begin();
        }
    }

    /** The other one takes it once, and does not have the slot yet. */
    private void ask(Part part, RedisNode node) {
        WatchedConnection line = cluster.guest(node);
        if (line == null) {
            part.fail(new RedisUnavailable("closed"));
            return;
        }
        up(line).compose(up -> line.run(part::askedOn))
                .onSuccess(answers -> done(part, node, answers))
                .onFailure(cause -> {
                    Redirect redirect = redirect(part, node, cause);
                    boolean again = redirect != null && redirect.kind() == Redirect.Kind.ASK;
                    refused(part, again ? new Redirect(Redirect.Kind.AGAIN, null) : redirect, cause);
                });
    }

    private Future<Void> up(WatchedConnection line) {
        if (line.isUp()) {
            return Future.succeededFuture();
        }
        Promise<Void> up = Promise.promise();
        line.onUp(up::tryComplete);
        return Deadline.within(cluster.timers(), patience, up.future())
                .recover(late ->
                        Future.failedFuture(new RedisUnavailable(Trouble.CLUSTER, "a new master cannot be reached")));
    }

    /** Its first part got through, so the others go, too. */
    private void leave(Detour detour) {
        detours.remove(detour.slot());
        detour.rest().forEach(this::send);
    }

    void close() {
        RedisUnavailable closed = new RedisUnavailable("closed");
        List.copyOf(detours.values()).forEach(detour -> giveUp(detour, closed));
    }

    /** It took too long. */
    void giveUp(Detour detour, Throwable cause) {
        detours.remove(detour.slot());
        detour.end().forEach(part -> part.fail(cause));
    }
}
