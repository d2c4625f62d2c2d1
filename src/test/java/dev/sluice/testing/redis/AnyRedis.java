package dev.sluice.testing.redis;

import dev.sluice.redis.embedded.EmbeddedRedis;

/** What tests do with a Redis, whatever its form. */
public interface AnyRedis {
    static AnyRedis of(EmbeddedRedis.Fsync fsync) {
        return "cluster".equals(System.getProperty("sluice.test.redis"))
                ? new ThreeMasters(fsync)
                : new OneRedis(fsync);
    }

    void start();

    boolean isRunning();

    String uri();

    /** The first line of the reply. */
    String command(String... words);

    void kill();

    void suspend();

    void resume();

    void restart();

    void close();
}
