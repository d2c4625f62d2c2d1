package dev.sluice.life.redis;

import dev.sluice.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.InstantSource;
import java.util.List;

/** What pods have done, ever: the latest of it, by a digest. Any thread. */
public final class RedisDone {
    private static final int MOST = 100;

    private final RedisLink link;
    private final String key;
    private final InstantSource clock;

    public RedisDone(RedisLink link, String key, InstantSource clock) {
        this.link = link;
        this.key = key;
        this.clock = clock;
    }

    public Future<Boolean> has(String digest) {
        return link.send(Request.cmd(Command.ZSCORE).arg(key).arg(digest)).map(score -> score != null);
    }

    public Future<Void> add(String digest) {
        return link.batch(List.of(
                        Request.cmd(Command.ZADD).arg(key).arg(clock.millis()).arg(digest),
                        Request.cmd(Command.ZREMRANGEBYRANK).arg(key).arg(0).arg(-MOST - 1)))
                .mapEmpty();
    }
}
