package dev.sluice.life.redis;

import dev.sluice.life.Life;
import dev.sluice.life.Roll;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** See {@code life-beat.lua}. */
public final class RedisRoll implements Roll {
    private static final Script BEAT = Script.load("lua/life-beat.lua").evenWhenFull();
    private static final Script END = Script.load("lua/life-end.lua").evenWhenFull();

    /** By then everybody has heard of an ended life, and taken what there was. */
    private static final Duration TOLD = Duration.ofMinutes(1);

    private final RedisLink link;
    private final Duration comeback;
    private final boolean alone;

    /**
     * @param link      which notices within {@link Life#NOTICE} that nobody is there
     * @param reconnect how long a pod may rest between two attempts to connect
     * @param alone     no other pod works on this Redis, which ends with its pod
     */
    public RedisRoll(RedisLink link, Duration reconnect, boolean alone) {
        this.link = link;
        this.comeback = Life.PATIENCE.plus(Life.NOTICE).plus(reconnect);
        this.alone = alone;
    }

    @Override
    public Future<Called> beat(String life, boolean begins, Duration paused) {
        List<String> arguments = List.of(
                life,
                begins ? "1" : "0",
                millis(Life.PATIENCE),
                millis(comeback),
                alone ? "1" : "0",
                millis(TOLD),
                millis(paused));
        return link.call(BEAT.on(Keys.ROLL, Keys.ROLL_TERMS).with(arguments))
                .map(answer -> new Called(texts(answer.get(0)), texts(answer.get(1))));
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }

    private static Set<String> texts(Response answer) {
        return answer.stream().map(Response::toString).collect(Collectors.toSet());
    }

    @Override
    public Future<Void> end(String life) {
        return link.call(END.on(Keys.ROLL).with(life)).mapEmpty();
    }
}
