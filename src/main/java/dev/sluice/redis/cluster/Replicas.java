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
import java.util.function.IntPredicate;

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

    private static final String LOST =
            "the connection was lost, or the slot moved, before replicas had what was written";

    private final Cluster cluster;
    private final int wanted;

    // confined state
    private final Map<RedisNode, Questions> questions = new HashMap<>();

    /** @param wanted of each master; 0: none */
    Replicas(Cluster cluster, int wanted) {
        this.cluster = cluster;
        this.wanted = wanted;
        if (areWanted()) {
            cluster.onLost(this::lost);
            cluster.onMoved(this::moved);
        }
    }

    /** Whether anything is asked at all. */
    boolean areWanted() {
        return wanted > 0;
    }

    /**
     * The slot, as it was written on this link by now. Fails as soon as the connection is lost, or the slot has another master:
     * then it is not known.
     */
    Future<Void> have(RedisNode node, int slot) {
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
        return known.ask(slot);
    }

    /** Before anything is written elsewhere that follows what is lost. */
    private void lost(RedisNode node) {
        Questions known = questions.remove(node);
        if (known != null) {
            known.end();
        }
    }

    private void moved() {
        Map.copyOf(questions).forEach((node, known) -> known.fail(slot -> !node.equals(cluster.owner(slot))));
    }

    /** Somebody who waits. */
    private record Wait(int slot, Promise<Void> promise) {}

    /** About what was written on one connection. */
    private final class Questions {
        private final WatchedConnection line;
        private final Pipeline live;
        private List<Wait> waiting = new ArrayList<>();
        /** Written before the question that is out. */
        private List<Wait> asked = new ArrayList<>();

        private boolean out;
        private Duration pause = SHORTEST;

        Questions(WatchedConnection line, Pipeline live) {
            this.line = line;
            this.live = live;
        }

        Future<Void> ask(int slot) {
            Promise<Void> promise = Promise.promise();
            waiting.add(new Wait(slot, promise));
            if (!out) {
                question();
            }
            return promise.future();
        }

        /** Another connection would know nothing of what was written on this one. */
        private void question() {
            if (line.live() != live) {
                end();
                return;
            }
            asked.addAll(waiting);
            waiting = new ArrayList<>();
            out = !asked.isEmpty();
            if (out) {
                line.run(now -> now.send(Request.cmd(Command.WAIT).arg(wanted).arg(SHORTEST.toMillis())))
                        .onSuccess(reached -> answered(reached.toInteger()))
                        .onFailure(cause -> end());
            }
        }

        private void end() {
            out = false;
            fail(slot -> true);
        }

        private void answered(int reached) {
            if (reached < wanted) {
                cluster.timers().after(pause, this::question);
                Duration longer = pause.multipliedBy(2);
                pause = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
                return;
            }
            pause = SHORTEST;
            List<Wait> kept = asked;
            asked = new ArrayList<>();
            kept.forEach(one -> one.promise().complete());
            question();
        }

        private void fail(IntPredicate which) {
            List<Wait> all = new ArrayList<>(asked);
            all.addAll(waiting);
            asked.removeIf(one -> which.test(one.slot()));
            waiting.removeIf(one -> which.test(one.slot()));
            all.stream()
                    .filter(one -> which.test(one.slot()))
                    .forEach(one -> one.promise().fail(new RedisUnavailable(LOST)));
        }
    }

    /** Nobody waits any more. */
    void close() {
        List.copyOf(questions.keySet()).forEach(this::lost);
    }
}
