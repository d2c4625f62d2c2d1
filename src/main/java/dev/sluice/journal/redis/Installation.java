package dev.sluice.journal.redis;

import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.random.RandomGenerator;

/**
 * What all pods on one Redis have in common here.
 *
 * @param mark       tells the event ids of this installation from those of another: random, made once, kept in Redis
 * @param partitions as this pod goes by them
 */
public record Installation(String mark, PartitionCount partitions) {
    public Installation {
        if (mark.length() != EventIds.MARK) {
            throw new IllegalArgumentException(
                    "installation mark: %s (expected: %d characters)".formatted(mark, EventIds.MARK));
        }
    }

    /** The mark that Redis keeps, made now if it keeps none. */
    public static Future<Installation> load(RedisLink link, RandomGenerator random, PartitionCount partitions) {
        Request make = Request.cmd(Command.SET)
                .arg(Keys.INSTALLATION)
                .arg(EventIds.mark(random.nextLong()))
                .arg("NX");
        return read(link)
                .compose(mark ->
                        mark == null ? link.send(make).compose(made -> read(link)) : Future.succeededFuture(mark))
                .map(mark -> new Installation(mark.toString(), partitions));
    }

    /** Looks first, so that a pod can start on a Redis that takes no writes now. */
    private static Future<Response> read(RedisLink link) {
        return link.send(Request.cmd(Command.GET).arg(Keys.INSTALLATION));
    }

    /** Written again where Redis lost it: the pods that run agree on the one they have. */
    public void keep(RedisLink link) {
        link.onUp(() -> restore(link));
    }

    /** For one who knows that Redis may have other data now. */
    public void restore(RedisLink link) {
        link.send(Request.cmd(Command.SET).arg(Keys.INSTALLATION).arg(mark).arg("NX"));
    }
}
