package dev.sluice.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.util.concurrent.TimeUnit;

/** One look at a Redis before a pod relies on it. */
public final class RedisProbe {
    private RedisProbe() {}

    /** Fails with one line for the operator if it cannot be used, or cannot hold what is promised. */
    public static Future<Void> check(Vertx vertx, RedisTarget target, Needs needs) {
        Redis client = Redis.createClient(
                vertx, new RedisOptions().setConnectionString(target.uri()).setProtocolNegotiation(false));
        return client.connect()
                .compose(connection -> version(connection).compose(fits -> fitness(connection, needs)))
                .timeout(target.commandTimeout().plus(needs.patience()).toMillis(), TimeUnit.MILLISECONDS)
                .recover(cause -> Future.failedFuture(
                        new RedisUnavailable("redis.uri: %s cannot be used: %s".formatted(target, cause.getMessage()))))
                .onComplete(done -> client.close());
    }

    private static Future<Void> version(RedisConnection connection) {
        return connection.send(Request.cmd(Command.INFO).arg("server")).compose(info -> {
            Vitals vitals = Vitals.read(info.toString());
            return vitals.isAtLeast(7, 0)
                    ? Future.succeededFuture()
                    : Future.failedFuture("its version is %s (expected: 7.0 or newer)".formatted(vitals.version()));
        });
    }

    private static Future<Void> fitness(RedisConnection connection, Needs needs) {
        return new Examination(connection::send, needs)
                .look(Fitness.UNKNOWN)
                .compose(fitness -> fitness.mayStart()
                        ? Future.succeededFuture()
                        : Future.failedFuture(String.join("; ", fitness.reasons())));
    }
}
