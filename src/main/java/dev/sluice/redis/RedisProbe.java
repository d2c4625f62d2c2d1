package dev.sluice.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One look at a Redis before a pod relies on it. */
public final class RedisProbe {
    private RedisProbe() {}

    /** Fails with one line for the operator if it cannot be used, or cannot hold what is promised. */
    public static Future<Void> check(Vertx vertx, RedisTarget target, Needs needs) {
        Door door = new Door(vertx, target);
        Redis client = door.client();
        return door.connect(client)
                .compose(connection -> kind(connection).compose(fits -> fitness(connection, needs)))
                .timeout(target.commandTimeout().plus(needs.patience()).toMillis(), TimeUnit.MILLISECONDS)
                .recover(cause -> Future.failedFuture(new RedisUnavailable(Refusal.of(target, cause))))
                .onComplete(done -> client.close());
    }

    private static Future<Void> kind(RedisConnection connection) {
        return connection
                .send(Request.cmd(Command.INFO).arg("server").arg("replication"))
                .compose(info -> {
                    String wrong = wrong(Vitals.read(info.toString()));
                    return wrong == null ? Future.succeededFuture() : Future.failedFuture(wrong);
                });
    }

    private static @Nullable String wrong(Vitals vitals) {
        if (!vitals.isAtLeast(7, 0)) {
            return "its version is %s (expected: 7.0 or newer)".formatted(vitals.version());
        }
        return switch (vitals.mode()) {
            case "cluster" -> "it is a node of a cluster (expected: a Redis by itself)";
            case "sentinel" -> "it is a Sentinel (expected: the Redis that it watches)";
            default ->
                vitals.master() == null
                        ? null
                        : "it is a replica, which takes no writes (expected: its master, %s)"
                                .formatted(vitals.master());
        };
    }

    private static Future<Void> fitness(RedisConnection connection, Needs needs) {
        return new Examination(connection::send, needs)
                .look(Fitness.UNKNOWN)
                .compose(fitness -> fitness.mayStart()
                        ? Future.succeededFuture()
                        : Future.failedFuture(String.join("; ", fitness.reasons())));
    }
}
