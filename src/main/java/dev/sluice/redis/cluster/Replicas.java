package dev.sluice.redis.cluster;

import dev.sluice.redis.address.RedisNode;
import dev.sluice.redis.line.Pipeline;
import dev.sluice.redis.line.WatchedConnection;
import dev.sluice.redis.trouble.RedisUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells when replicas have what was written. One question at a time to each master, about all that was written on its
 * connection before; it is asked for a short while only, as nothing else is done on the connection meanwhile, and again
 * after a pause. Confined to the context of the link.
 *
 * <p>Why not ask until it is so: while a replica is away, all that belongs to its master would wait.
 */
final class Replicas {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final int wanted;

    // confined state
    private final Map<RedisNode, Questions> questions = new HashMap<>();

    /** @param wanted of each master; 0: none */
    Replicas(Cluster cluster, int wanted) {
        this.cluster = cluster;
        this.wanted = wanted;
    }

    /** Whether anything is asked at all. */
    boolean areWanted() {
        return wanted > 0;
    }

    /** What was written to this master on this link by now; fails when its connection is lost. */
    Future<Void> have(RedisNode node) {
        WatchedConnection line = cluster.line(node);
        Pipeline live = line == null ? null : line.live();
        if (line == null || live == null) {
            return Future.failedFuture(new RedisUnavailable(node + " is away"));
        }
        Questions known = questions.get(node);
        if (known == null || known.live != live) {
            known = new Questions(line, live);
            questions.put(node, known);
        }
        return known.ask();
    }

    /** About what was written on one connection. */
    private final class Questions {
        private final WatchedConnection line;
        private final Pipeline live;
        private List<Promise<Void>> waiting = new ArrayList<>();
        private boolean out;
        private Duration pause = SHORTEST;

        Questions(WatchedConnection line, Pipeline live) {
            this.line = line;
            this.live = live;
        }

        Future<Void> ask() {
            Promise<Void> promise = Promise.promise();
            waiting.add(promise);
            if (!out) {
                question();
            }
            return promise.future();
        }

        /** Another connection would know nothing of what was written on this one. */
        private void question() {
            if (line.live() != live) {
                fail(new RedisUnavailable("the connection was lost before replicas had what was written on it"));
                return;
            }
            List<Promise<Void>> asked = waiting;
            waiting = new ArrayList<>();
            out = true;
            line.run(now -> now.send(Request.cmd(Command.WAIT).arg(wanted).arg(SHORTEST.toMillis())))
                    .onSuccess(reached -> answered(asked, reached.toInteger()))
                    .onFailure(cause -> {
                        asked.forEach(one -> one.fail(cause));
                        fail(cause);
                    });
        }

        private void answered(List<Promise<Void>> asked, int reached) {
            if (reached < wanted) {
                asked.addAll(waiting);
                waiting = asked;
                cluster.timers().after(pause, this::question);
                Duration longer = pause.multipliedBy(2);
                pause = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
                return;
            }
            pause = SHORTEST;
            out = false;
            asked.forEach(Promise::complete);
            if (!waiting.isEmpty() && !out) {
                question();
            }
        }

        private void fail(Throwable cause) {
            out = false;
            List<Promise<Void>> all = waiting;
            waiting = new ArrayList<>();
            all.forEach(one -> one.fail(cause));
        }
    }

    /** Nobody waits any more. */
    void close() {
        List.copyOf(questions.values()).forEach(one -> one.fail(new RedisUnavailable("closed")));
        questions.clear();
    }
}
