package dev.sluice.redis.line;

import dev.sluice.redis.address.RedisNode;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.redis.trouble.Trouble;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks one Sentinel after the other where the master is, and the server that they name whether it is one. The Sentinel that
 * answered is asked first the next time. Confined to one context.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/sentinel-clients/">Guidelines for Sentinel clients</a>
 */
public final class Sentinels implements Whereabouts {
    public static final Command SENTINEL = Command.create("sentinel");

    /** One that does not answer for so long is passed over. */
    private static final Duration NOTICE = Duration.ofSeconds(1);

    /** So old an answer is believed while there is a connection, and while one is looked for. */
    private static final Duration AGE = Duration.ofSeconds(1);

    private static final Duration NEWS = Duration.ofMillis(100);

    private final Vertx vertx;
    private final Door door;
    private final String name;
    private final Duration patience;
    private final Agreement agreement;

    // confined state
    private final Deque<RedisNode> order;

    public Sentinels(Vertx vertx, RedisTarget target) {
        this.vertx = vertx;
        this.door = Door.ofSentinels(vertx, target);
        this.name = target.address().name();
        Duration share = target.commandTimeout().dividedBy(3); // all of them are asked, and then one after the other
        this.patience = share.compareTo(NOTICE) < 0 ? share : NOTICE;
        this.order = new ArrayDeque<>(target.address().nodes());
        this.agreement = Agreement.of(vertx, target);
    }

    /** Whom they agree on; if they do not, whom the first names that answers. */
    @Override
    public Future<RedisNode> find() {
        return agreed(NEWS)
                .compose(master -> master.map(Future::succeededFuture).orElseGet(() -> ask(order.size(), null)));
    }

    /** On the calling context, whoever asked. */
    private Future<Optional<RedisNode>> agreed(Duration age) {
        Promise<Optional<RedisNode>> here = Promise.promise();
        Context context = vertx.getOrCreateContext();
        agreement
                .ask(age, sentinel -> door.visit(sentinel, patience, this::master))
                .onComplete(done -> context.runOnContext(turn -> here.handle(done)));
        return here.future();
    }

    /**
     * A former master takes writes until it is told that it is none any more, ten seconds after a planned failover: they would
     * be lost.
     */
    @Override
    public Future<Boolean> hasLeft(RedisNode node) {
        return agreed(AGE)
                .map(master -> master.filter(other -> !other.equals(node)).isPresent());
    }

    private Future<RedisNode> ask(int left, @Nullable Throwable last) {
        if (left == 0) {
            return Future.failedFuture(last == null ? new RedisUnavailable("no Sentinel") : last);
        }
        RedisNode sentinel = order.element();
        return door.visit(sentinel, patience, this::master).recover(cause -> {
            order.remove(sentinel);
            order.add(sentinel);
            return ask(left - 1, worse(cause, last));
        });
    }

    private Future<RedisNode> master(RedisConnection sentinel) {
        return master(sentinel, name);
    }

    /** Whom this one names; fails with {@link UnknownMaster} if it watches none of that name. */
    public static Future<RedisNode> master(RedisConnection sentinel, String name) {
        return sentinel.send(
                        Request.cmd(SENTINEL).arg("get-master-addr-by-name").arg(name))
                .compose(answer -> answer == null
                        ? Future.failedFuture(new UnknownMaster(name))
                        : Future.succeededFuture(RedisNode.of(
                                answer.get(0).toString(), answer.get(1).toInteger())));
    }

    /** That one does not know the master says more than that another one is away. */
    private static Throwable worse(Throwable cause, @Nullable Throwable last) {
        return last instanceof UnknownMaster ? last : cause;
    }

    /** Sentinels name the former master until they have agreed on another one. */
    @Override
    public Future<RedisConnection> verify(RedisConnection connection) {
        return connection.send(Request.cmd(Command.ROLE)).compose(role -> {
            String is = role.get(0).toString();
            return is.equals("master")
                    ? Future.succeededFuture(connection)
                    : Future.failedFuture(new RedisUnavailable(
                            Trouble.READ_ONLY, "the Sentinels name a server that is a %s now".formatted(is)));
        });
    }

    /** The Sentinels watch no master of that name. */
    public static final class UnknownMaster extends RuntimeException {
        UnknownMaster(String name) {
            super("it watches no master named " + name, null, false, false);
        }
    }
}
