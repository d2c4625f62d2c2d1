package dev.sluice.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CountsTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private static final Counts FOUR = new Counts(Map.of("journal.keyedPartitions", 4));
    private static final Counts EIGHT = new Counts(Map.of("journal.keyedPartitions", 8));

    private RedisLink link;

    @BeforeEach
    void connect() {
        link = LOOP.get(() -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "test")));
        LOOP.get(link::up);
    }

    private void agree(Counts counts) {
        LOOP.get(() -> counts.agree(link));
    }

    @Test
    void areThoseOfTheFirstPod() {
        agree(FOUR);
        agree(FOUR);
        assertThatThrownBy(() -> agree(EIGHT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "journal.keyedPartitions: 8 (expected: 4, as all pods on this Redis have it; how to change it is"
                                + " said in src/docs/redis.md)");
    }

    @Test
    void areChangedByWhoTellsRedis() {
        agree(FOUR);
        REDIS.command("HSET", Keys.COUNTS, "journal.keyedPartitions", "8");
        agree(EIGHT);
    }

    @Test
    void areComparedOnARedisThatTakesNoWrites() {
        agree(FOUR);
        REDIS.fill();
        agree(FOUR);
    }

    /** A version that has another setting leaves this one alone. */
    @Test
    void areKeptBesideThoseOfOthers() {
        REDIS.command("HSET", Keys.COUNTS, "journal.drawers", "3");
        agree(FOUR);
        assertThat(REDIS.command("HLEN", Keys.COUNTS)).isEqualTo(":2");
    }
}
