package dev.sluice.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One look at a Redis before a pod relies on it. */
public final class RedisProbe {
    private static final Pattern VERSION = Pattern.compile("redis_version:(\\d+)\\.(\\d+)\\S*");
    private static final int OLDEST = 7;

    private RedisProbe() {}

    /** Answers its version; fails with one line for the operator if it cannot be used. */
    public static Future<String> version(Vertx vertx, RedisTarget target) {
        Redis client = Redis.createClient(
                vertx, new RedisOptions().setConnectionString(target.uri()).setProtocolNegotiation(false));
        return client.connect()
                .compose(connection -> connection.send(Request.cmd(Command.INFO).arg("server")))
                .timeout(target.commandTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .compose(RedisProbe::checked)
                .recover(cause -> Future.failedFuture(
                        new RedisUnavailable("redis.uri: %s cannot be used: %s".formatted(target, cause.getMessage()))))
                .onComplete(done -> client.close());
    }

    private static Future<String> checked(Response info) {
        Matcher version = VERSION.matcher(info.toString());
        if (!version.find()) {
            return Future.failedFuture("it does not tell its version");
        }
        return Integer.parseInt(version.group(1)) >= OLDEST
                ? Future.succeededFuture(version.group().substring("redis_version:".length()))
                : Future.failedFuture("its version is %s (expected: 7.0 or newer)".formatted(version.group()));
    }
}
