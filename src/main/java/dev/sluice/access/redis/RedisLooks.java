package dev.sluice.access.redis;

import dev.sluice.access.Looks;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A key for each link that has one, which runs out when the link does. */
public final class RedisLooks implements Looks {
    private final RedisLink link;

    public RedisLooks(RedisLink link) {
        this.link = link;
    }

    @Override
    public Future<Void> keep(String linkId, String look, Duration kept) {
        Request set = Request.cmd(Command.SET)
                .arg(Keys.look(linkId))
                .arg(look)
                .arg("PX")
                .arg(kept.toMillis());
        return link.send(set).mapEmpty();
    }

    @Override
    public Future<@Nullable String> take(String linkId) {
        return link.send(Request.cmd(Command.GETDEL).arg(Keys.look(linkId)))
                .map(answer -> answer == null ? null : answer.toString());
    }
}
