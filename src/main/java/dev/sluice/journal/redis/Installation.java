package dev.sluice.journal.redis;

import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.random.RandomGenerator;

/** What tells the event ids of this installation from those of another: random, made once, kept in Redis. */
public record Installation(String mark) {
    public Installation {
        if (mark.length() != EventIds.MARK) {
            throw new IllegalArgumentException(
                    "installation mark: %s (expected: %d characters)".formatted(mark, EventIds.MARK));
        }
    }

    /** The mark that Redis keeps, made now if it keeps none. */
    public static Future<Installation> load(RedisLink link, RandomGenerator random) {
        Request make = Request.cmd(Command.SET)
                .arg(Keys.INSTALLATION)
                .arg(EventIds.mark(random.nextLong()))
                .arg("NX");
        return link.send(make)
                .compose(made -> link.send(Request.cmd(Command.GET).arg(Keys.INSTALLATION)))
                .map(mark -> new Installation(mark.toString()));
    }

    /** Written again where Redis lost it: the pods that run agree on the one they have. */
    public void keep(RedisLink link) {
        link.onUp(() -> link.send(
                Request.cmd(Command.SET).arg(Keys.INSTALLATION).arg(mark).arg("NX")));
    }
}
