package dev.sluice.redis.fitness;

import dev.sluice.redis.address.RedisAddress.Form;
import dev.sluice.redis.address.RedisNode;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.redis.cluster.ClusterLines;
import dev.sluice.redis.line.Door;
import dev.sluice.redis.line.Sentinels;
import dev.sluice.redis.trouble.RedisUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One look at a Redis before a pod relies on it. */
public final class RedisProbe {
    private final Door door;
    private final RedisTarget target;
    private final Needs needs;

    private RedisProbe(Door door, RedisTarget target, Needs needs) {
        this.door = door;
        this.target = target;
        this.needs = needs;
    }

    /** Fails with one line for the operator if it cannot be used, or cannot hold what is promised. */
    public static Future<Void> check(Vertx vertx, RedisTarget target, Needs needs) {
        RedisProbe probe = new RedisProbe(Door.ofRedis(vertx, target), target, needs);
        return probe.servers(vertx)
                .compose(nodes -> probe.look(nodes).recover(cause -> refused(Refusal.of(target, cause))));
    }

    /** Those that hold data. */
    private Future<? extends Collection<RedisNode>> servers(Vertx vertx) {
        return switch (target.address().form()) {
            case ALONE -> Future.succeededFuture(target.address().nodes());
            case SENTINEL ->
                new Sentinels(vertx, target)
                        .find()
                        .map(List::of)
                        .recover(cause -> refused(Refusal.ofSentinels(target, cause)));
            case CLUSTER ->
                ClusterLines.masters(vertx, target).recover(cause -> refused(Refusal.ofCluster(target, cause)));
        };
    }

    private static <T> Future<T> refused(String why) {
        return Future.failedFuture(new RedisUnavailable(why));
    }

    private Future<Void> look(Collection<RedisNode> nodes) {
        Duration patience = target.commandTimeout().plus(needs.patience());
        boolean isAlone = nodes.size() == 1;
        return Future.all(nodes.stream()
                        .map(node -> door.visit(node, patience, server -> look(server, isAlone ? "" : node + ": ")))
                        .toList())
                .mapEmpty();
    }

    /** @param whose in front of what is wrong with it */
    private Future<Void> look(RedisConnection connection, String whose) {
        return kind(connection, whose).compose(fits -> fitness(connection, whose));
    }

    private Future<Void> kind(RedisConnection connection, String whose) {
        return connection
                .send(Request.cmd(Command.INFO).arg("server").arg("replication"))
                .compose(info -> {
                    String wrong = wrong(Vitals.read(info.toString()));
                    return wrong == null ? Future.succeededFuture() : Future.failedFuture(whose + wrong);
                });
    }

    private @Nullable String wrong(Vitals vitals) {
        boolean isCluster = target.address().form() == Form.CLUSTER;
        if (!vitals.isAtLeast(7, 0)) {
            return "its version is %s (expected: 7.0 or newer)".formatted(vitals.version());
        }
        if (vitals.mode().equals("sentinel")) {
            return "it is a Sentinel (expected: redis+sentinel://, and the name of the master that it watches)";
        }
        if (vitals.isOfCluster() != isCluster) {
            return isCluster
                    ? "it is a Redis by itself (expected: redis://, or nodes of a cluster)"
                    : "it is a node of a cluster (expected: redis+cluster://)";
        }
        return vitals.master() == null
                ? null
                : "it is a replica, which takes no writes (expected: its master, %s)".formatted(vitals.master());
    }

    private Future<Void> fitness(RedisConnection connection, String whose) {
        return new Examination(connection::send, needs)
                .look(Fitness.UNKNOWN)
                .compose(fitness -> fitness.mayStart()
                        ? Future.succeededFuture()
                        : Future.failedFuture(whose + String.join("; ", fitness.reasons())));
    }
}
