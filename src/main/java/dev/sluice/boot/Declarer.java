package dev.sluice.boot;

import dev.sluice.cli.Keeper;
import dev.sluice.fault.Again;
import dev.sluice.life.redis.RedisDone;
import dev.sluice.life.redis.RedisTurn;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.time.Ticker;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Has a folder of declarations applied, by one pod at a time. Confined to the context that made it.
 *
 * <p>A pod that starts applies only what no pod ever applied: with files that are older than those of the others, as in a
 * rollout, it would put back what was, and nobody would mend that. A change that it sees while it runs it applies always, so that a
 * folder may go back to what it was.
 */
final class Declarer {
    static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration TURN = Duration.ofMinutes(2);
    /** Of the turn; the rest is for the change that is under way then. */
    private static final Duration LATEST = Duration.ofSeconds(80);
    /** In which every pod reads anew what there is, whatever it heard of the changes. */
    private static final Duration REST = Duration.ofSeconds(12);

    private final Vertx vertx;
    private final Timers timers;
    private final Keeper keeper;
    private final String key;
    private final RedisTurn turn;
    private final RedisDone done;
    private final Again again;
    private boolean working;

    /** @param key of digests */
    Declarer(Vertx vertx, Timers timers, Keeper keeper, String key, RedisLink link) {
        this.vertx = vertx;
        this.timers = timers;
        this.keeper = keeper;
        this.key = key;
        this.again = link.again("do as the files of data.declaredDir say");
        this.turn = new RedisTurn(link, Keys.DECLARING, TURN, REST);
        this.done = new RedisDone(link, Keys.DECLARED, InstantSource.system());
    }

    /** At once, and then now and then. */
    void start() {
        look();
        timers.every(EVERY, this::look);
    }

    /** What fails is said and counted, and tried again. */
    private void look() {
        if (working) {
            return;
        }
        working = true;
        again.watch(vertx.executeBlocking(keeper::look, false).compose(this::act))
                .onComplete(looked -> working = false);
    }

    private Future<Void> act(Keeper.Look look) {
        if (look == Keeper.Look.LOOK_AGAIN) {
            timers.after(SOON, this::look);
        }
        if (look != Keeper.Look.APPLY) {
            return Future.succeededFuture();
        }
        String digest = keeper.digest(key);
        return keeper.isOfTheStart()
                ? done.has(digest).compose(wasDone -> wasDone ? leave() : apply(digest))
                : apply(digest);
    }

    private Future<Void> leave() {
        keeper.leave();
        return Future.succeededFuture();
    }

    private Future<Void> apply(String digest) {
        long asked = Ticker.SYSTEM.nanos();
        return turn.take()
                .compose(isOurs -> isOurs
                        ? vertx.executeBlocking(() -> keeper.apply(() -> isInTime(asked)), false)
                                .compose(isAll -> isAll ? done.add(digest) : Future.<Void>succeededFuture())
                                .eventually(turn::giveBack)
                        : Future.succeededFuture());
    }

    private static boolean isInTime(long asked) {
        return Ticker.SYSTEM.nanos() - asked < LATEST.toNanos();
    }
}
