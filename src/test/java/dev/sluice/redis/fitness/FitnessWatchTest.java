package dev.sluice.redis.fitness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.testing.Loop;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.ManualTimers;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FitnessWatchTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private final List<String> others = new ArrayList<>();
    private final ManualTimers timers = new ManualTimers(new ManualTicker());
    private RedisLink link;
    private FitnessWatch watch;

    @BeforeEach
    void start() {
        link = LOOP.get(
                () -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "fitness")));
        LOOP.until(() -> link.send(Request.cmd(Command.PING)), pong -> true);
        watch = new FitnessWatch(
                link, new Needs(false, false, 0, Duration.ofSeconds(1)), timers, FitnessWatch.Listener.NONE);
        watch.onOtherData(() -> others.add("other"));
        LOOP.get(watch::start);
    }

    @AfterEach
    void stop() {
        LOOP.run(watch::stop);
        LOOP.get(link::close);
    }

    private void look() {
        long beats = beats();
        LOOP.run(() -> timers.advance(Duration.ofMillis(400)));
        LOOP.until(() -> link.send(Request.cmd(Command.PING)).map(pong -> beats()), now -> now != beats);
        LOOP.get(() -> link.send(Request.cmd(Command.PING)));
    }

    private static long beats() {
        String answer =
                REDIS.command("EVAL", "return tonumber(redis.call('HGET', KEYS[1], 'beats') or 0)", "1", Keys.PULSE);
        return Long.parseLong(answer.substring(1));
    }

    @Test
    void tellsNothingWhileTheDataIsWhatItWas() {
        look();
        REDIS.command("HINCRBY", Keys.PULSE, "beats", "7");
        look();
        assertThat(others).isEmpty();
        assertThat(watch.isFit()).isTrue();
    }

    @Test
    void tellsThatRedisWasFlushed() {
        look();
        look();
        REDIS.command("FLUSHALL");
        look();
        assertThat(others).hasSize(1);
        look();
        assertThat(others).hasSize(1);
    }

    @Test
    void tellsThatABackupWasRestored() {
        look();
        REDIS.command("HSET", Keys.PULSE, "beats", "-3");
        look();
        assertThat(others).hasSize(1);
    }

    @Test
    void beatsAlsoWhileRedisIsFull() {
        REDIS.fill();
        look();
        assertThat(watch.isFit()).isFalse();
        assertThat(others).isEmpty();
    }
}
