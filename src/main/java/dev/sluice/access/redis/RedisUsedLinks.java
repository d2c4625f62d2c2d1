package dev.sluice.access.redis;

import dev.sluice.access.UsedLinks;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;

/** A key for each link, which runs out when the link would. */
public final class RedisUsedLinks implements UsedLinks {
    private final RedisLink link;

    public RedisUsedLinks(RedisLink link) {
        this.link = link;
    }

    @Override
    public Future<Boolean> use(String id, Duration kept) {
        Request set = Request.cmd(Command.SET)
                .arg(Keys.usedLink(id))
                .arg("1")
                .arg("NX")
                .arg("PX")
                .arg(kept.toMillis());
        return link.send(set).map(answer -> answer != null);
    }
}
