package dev.sluice.life.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.RedisLink;
import dev.sluice.testing.Loop;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisTurnTest {
    private static final String KEY = "sluice:turn";
    private static final Duration MOST = Duration.ofMinutes(2);
    private static final Duration REST = Duration.ofSeconds(12);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private RedisLink link;
    private RedisTurn one;
    private RedisTurn other;

    @BeforeEach
    void open() {
        REDIS.command("DEL", KEY);
        link = LOOP.get(() -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "turn")));
        LOOP.get(link::up);
        one = new RedisTurn(link, KEY, MOST, REST);
        other = new RedisTurn(link, KEY, MOST, REST);
    }

    @AfterEach
    void close() {
        LOOP.get(link::close);
    }

    private boolean takes(RedisTurn turn) {
        return LOOP.get(turn::take);
    }

    private int left() {
        return Integer.parseInt(REDIS.command("PTTL", KEY).substring(1).strip());
    }

    @Test
    void isOnePodsAndForAWhileBehindItNoOthers() {
        assertThat(takes(one)).isTrue();
        assertThat(takes(other)).isFalse();
        assertThat(left()).isGreaterThan((int) REST.toMillis());
        LOOP.get(one::giveBack);
        assertThat(left()).isBetween(1, (int) REST.toMillis());
        assertThat(takes(other)).as("its caches may be old").isFalse();
        assertThat(takes(one)).as("it knows what it did").isTrue();
    }

    @Test
    void whoCameTooLateGivesNothingBack() {
        assertThat(takes(one)).isTrue();
        REDIS.command("DEL", KEY); // its time is over
        LOOP.get(one::giveBack);
        assertThat(takes(other)).isTrue();
        LOOP.get(one::giveBack);
        assertThat(left()).isGreaterThan((int) REST.toMillis());
        assertThat(takes(one)).isFalse();
    }

    @Test
    void ofWhatWasDoneTheLatestHundredAreKnown() {
        ManualTicker clock = new ManualTicker();
        RedisDone done = new RedisDone(link, KEY, clock);
        for (int i = 0; i < 102; i++) {
            String digest = "d" + i;
            clock.advance(Duration.ofMillis(1));
            LOOP.get(() -> done.add(digest));
        }
        assertThat(LOOP.get(() -> done.has("d101"))).isTrue();
        assertThat(LOOP.get(() -> done.has("d2"))).isTrue();
        assertThat(LOOP.get(() -> done.has("d1"))).isFalse();
    }
}
