package dev.sluice.redis;

import dev.sluice.redis.embedded.EmbeddedRedis;
import java.nio.file.Path;

/** A process of its own that holds an embedded Redis and waits to be killed. Arguments: data folder, executables. */
public final class EmbeddedRedisOwner {
    private EmbeddedRedisOwner() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedRedis redis =
                EmbeddedRedis.start(Path.of(arguments[0]), EmbeddedRedis.Fsync.EVERYSEC, Path.of(arguments[1]));
        System.out.println("redis " + redis.pid() + " " + redis.uri());
        System.in.read();
    }
}
