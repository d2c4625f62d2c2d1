package dev.sluice.life.redis;

import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * Something that one pod does at a time. Any thread.
 *
 * <p>Redis cannot stop whoever goes on behind his time: that is for him to do, by his own clock, from before he asked.
 */
public final class RedisTurn {
    private static final Script TURN = Script.load("lua/life-turn.lua").evenWhenFull();

    private final RedisLink link;
    private final String key;
    private final Duration most;
    private final Duration rest;
    private final String token = Long.toHexString(new SecureRandom().nextLong());

    /**
     * @param most longer than it takes: so long a pod that died at it keeps the others from it
     * @param rest for so long nobody else begins when it is done: until then others may see what was there before
     */
    public RedisTurn(RedisLink link, String key, Duration most, Duration rest) {
        this.link = link;
        this.key = key;
        this.most = most;
        this.rest = rest;
    }

    /** Whether it is this pod's turn now. */
    public Future<Boolean> take() {
        return call(most, "take");
    }

    /** No effect on a turn that is another pod's by now. */
    public Future<Void> giveBack() {
        return call(rest, "back").mapEmpty();
    }

    private Future<Boolean> call(Duration span, String what) {
        return link.call(TURN.on(key).with(token, span.toMillis(), what)).map(answer -> answer.toInteger() == 1);
    }
}
