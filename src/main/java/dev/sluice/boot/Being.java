package dev.sluice.boot;

import dev.sluice.life.Beats;
import dev.sluice.life.Epochs;
import dev.sluice.life.Life;
import dev.sluice.life.redis.RedisDrains;
import dev.sluice.life.redis.RedisRoll;
import dev.sluice.redis.RedisLink;
import dev.sluice.time.Ticker;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;

/** That this pod is there, for itself and for the others; on a link of its own, so that a beat waits behind nothing. */
record Being(Epochs epochs, Life life, Beats beats, RedisDrains drains, RedisLink link) {
    /** For the process to end, behind its drain. */
    private static final Duration REST = Duration.ofSeconds(5);

    /** @param alone no other pod works on this Redis */
    static Being open(Ground ground, boolean alone) {
        Epochs epochs = new Epochs(Ticker.SYSTEM);
        Life life = new Life(name(), epochs);
        RedisLink link = ground.links().openAlert("life", Life.NOTICE);
        RedisRoll roll = new RedisRoll(link, ground.config().redis().reconnectMax(), alone);
        Beats beats = new Beats(
                life, roll, Ticker.SYSTEM, new VertxTimers(ground.vertx()), link.again("say that this pod is alive"));
        RedisDrains drains = new RedisDrains(link, ground.telemetry().drains());
        return new Being(epochs, life, beats, drains, link);
    }

    /** @param patience with the link, without which the first beat is lost */
    Future<Void> begin(Duration patience) {
        return Await.up(link.up(), patience).transform(up -> beats.start());
    }

    /** It begins to end; nobody waits for that. */
    void leave(Duration drain) {
        drains.begun(life.pod(), drain.plus(REST));
    }

    /**
     * Does not fail: where Redis is away, others find out.
     *
     * @param well its drain gave nothing up
     */
    Future<Void> end(boolean well) {
        return drains.ended(life.pod(), well).eventually(beats::stop).transform(done -> Future.succeededFuture());
    }

    /** This pod among the others: readable, and never the same twice. */
    private static String name() {
        String random = Long.toHexString(new SecureRandom().nextLong());
        try {
            return InetAddress.getLocalHost().getHostName() + "-" + random;
        } catch (UnknownHostException nameless) {
            return "pod-" + random;
        }
    }
}
