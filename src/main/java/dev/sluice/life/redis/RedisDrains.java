package dev.sluice.life.redis;

import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which drains did not come to their end, for those who are left: a pod that was killed tells nothing. Any thread. */
public final class RedisDrains {
    private static final Logger LOG = LoggerFactory.getLogger(RedisDrains.class);
    private static final Script DRAINS = Script.load("lua/life-drains.lua").evenWhenFull();
    private static final Duration NEVER = Duration.ofMillis(-1);

    private final RedisLink link;
    private final LongConsumer forced;

    /** @param forced is told how many drains of all pods were ended by force, ever */
    public RedisDrains(RedisLink link, LongConsumer forced) {
        this.link = link;
        this.forced = forced;
    }

    /** @param most after which it is taken for ended by force */
    public Future<Void> begun(String pod, Duration most) {
        return call(pod, String.valueOf(most.toMillis()));
    }

    /** @param well it gave nothing up */
    public Future<Void> ended(String pod, boolean well) {
        return begun(pod, well ? NEVER : Duration.ZERO);
    }

    /** Fails if Redis is away. */
    public Future<Void> look() {
        return call();
    }

    private Future<Void> call(Object... arguments) {
        return link.call(DRAINS.on(Keys.DRAINS, Keys.DRAINS_FORCED).with(arguments))
                .onSuccess(this::tell)
                .mapEmpty();
    }

    private void tell(Response answer) {
        forced.accept(answer.get(0).toLong());
        answer.get(1)
                .forEach(pod -> LOG.atWarn()
                        .addKeyValue("pod", pod)
                        .log("the drain of a pod was ended by force; what it had in hand is sent again"));
    }
}
