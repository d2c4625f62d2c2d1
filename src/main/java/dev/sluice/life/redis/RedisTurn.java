package dev.sluice.life.redis;

import dev.sluice.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;

/** Something that one pod does at a time. Any thread. */
public final class RedisTurn {
    private final RedisLink link;
    private final String key;
    private final Duration most;

    /** @param most longer than it takes: so long a pod that died at it keeps the others from it */
    public RedisTurn(RedisLink link, String key, Duration most) {
        this.link = link;
        this.key = key;
        this.most = most;
    }

    /** Whether it is this pod's turn now. */
    public Future<Boolean> take() {
        return link.send(Request.cmd(Command.SET)
                        .arg(key)
                        .arg(1)
                        .arg("NX")
                        .arg("PX")
                        .arg(most.toMillis()))
                .map(answer -> answer != null);
    }

    public Future<Void> giveBack() {
        return link.send(Request.cmd(Command.DEL).arg(key)).mapEmpty();
    }
}
