package dev.sluice.redis.cluster;

import dev.sluice.redis.address.RedisNode;
import dev.sluice.redis.line.Pipeline;
import dev.sluice.redis.line.Replication;
import dev.sluice.redis.line.WatchedConnection;
import dev.sluice.redis.trouble.RedisUnavailable;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells when replicas have what was written, of each master by itself. Confined to the context of the link. */
final class Replicas {
    private final Cluster cluster;
    private final int wanted;

    // confined state
    private final Map<RedisNode, Replication> questions = new HashMap<>();

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
        Replication known = questions.get(node);
        if (known == null || !known.isOf(live)) {
            known = new Replication(line, live, wanted, cluster.timers());
            questions.put(node, known);
        }
        return known.ask(slot);
    }

    /** Before anything is written elsewhere that follows what is lost. */
    private void lost(RedisNode node) {
        Replication known = questions.remove(node);
        if (known != null) {
            known.end();
        }
    }

    private void moved() {
        Map.copyOf(questions).forEach((node, known) -> known.fail(slot -> !node.equals(cluster.owner(slot))));
    }

    /** Nobody waits any more. */
    void close() {
        List.copyOf(questions.keySet()).forEach(this::lost);
    }
}
