package dev.sluice.redis.fitness;

import dev.sluice.redis.address.RedisNode;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.redis.line.Door;
import dev.sluice.redis.line.Sentinels;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one Sentinel says of the master, for a person.
 *
 * @param master that it names; empty where it is away
 * @param quorum in its words, whether enough of them are there to make another one the master
 * @param away   why it says nothing; null for one that answers
 */
public record SentinelCheckup(
        String sentinel,
        String master,
        String quorum,
        @Nullable String away) {
    private static final String ENOUGH = "OK ";

    /** Of each that the address names. */
    public static Future<List<SentinelCheckup>> of(Vertx vertx, RedisTarget target) {
        Door door = Door.ofSentinels(vertx, target);
        List<Future<SentinelCheckup>> each = target.address().nodes().stream()
                .map(node -> door.visit(node, target.commandTimeout(), sentinel -> ask(node, sentinel, target))
                        .otherwise(gone -> new SentinelCheckup(node.at(), "", "", String.valueOf(gone.getMessage()))))
                .toList();
        return Future.all(each).map(done -> each.stream().map(Future::result).toList());
    }

    private static Future<SentinelCheckup> ask(RedisNode node, RedisConnection sentinel, RedisTarget target) {
        String name = target.address().name();
        return Sentinels.master(sentinel, name)
                .compose(master -> sentinel.send(
                                Request.cmd(Sentinels.SENTINEL).arg("ckquorum").arg(name))
                        .map(String::valueOf)
                        .otherwise(no -> String.valueOf(no.getMessage()))
                        .map(quorum -> new SentinelCheckup(node.at(), master.at(), quorum, null)));
    }

    public boolean hasQuorum() {
        return quorum.startsWith(ENOUGH);
    }
}
