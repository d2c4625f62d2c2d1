package dev.sluice.boot;

import dev.sluice.cli.Keeper;
import dev.sluice.fault.Again;
import dev.sluice.life.redis.RedisTurn;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Has a folder of declarations applied, by one pod at a time. Confined to the context that made it. */
final class Declarer {
    static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration TURN = Duration.ofMinutes(2);

    private final Vertx vertx;
    private final Keeper keeper;
    private final RedisTurn turn;
    private final Again again;
    private boolean working;

    Declarer(Vertx vertx, Keeper keeper, RedisLink link) {
        this.vertx = vertx;
        this.keeper = keeper;
        this.again = link.again("do as the files of data.declaredDir say");
        this.turn = new RedisTurn(link, Keys.DECLARING, TURN);
    }

    /** At once, and then now and then. */
    void start(Timers timers) {
        look();
        timers.every(EVERY, this::look);
    }

    /** What fails is said and counted, and tried again. */
    private void look() {
        if (working) {
            return;
        }
        working = true;
        again.watch(vertx.executeBlocking(keeper::look, false)
                        .compose(isNew -> isNew ? apply() : Future.succeededFuture()))
                .onComplete(done -> working = false);
    }

    private Future<?> apply() {
        return turn.take()
                .compose(isOurs -> isOurs
                        ? vertx.executeBlocking(this::applied, false).eventually(turn::giveBack)
                        : Future.succeededFuture());
    }

    private boolean applied() {
        keeper.apply();
        return true;
    }
}
