package dev.sluice.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.JournalConfig;
import dev.sluice.journal.JournalListener;
import dev.sluice.redis.Keys;
import dev.sluice.redis.RedisLink;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import dev.sluice.time.Ticker;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetentionTest {
    private static final String STREAM = Keys.events("f1");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private final Map<String, Duration> unread = new HashMap<>();
    private final Map<String, Duration> unsettled = new HashMap<>();
    private Retention retention;

    @BeforeEach
    void open() {
        REDIS.flushAll();
        RedisLink link =
                LOOP.get(() -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "ages")));
        LOOP.until(() -> link.send(Request.cmd(Command.PING)), pong -> true);
        JournalConfig config = new JournalConfig(
                2, 1, JournalConfig.Durability.NONE, 0, MINUTE, MINUTE, 100, HOUR.multipliedBy(2), 1 << 28, MINUTE);
        retention = new Retention(link, config, new PartitionCount(config, Ticker.SYSTEM), new JournalListener() {
            @Override
            public void waits(String partition, Duration oldestUnread, Duration oldestUnsettled) {
                unread.put(partition, oldestUnread);
                unsettled.put(partition, oldestUnsettled);
            }
        });
    }

    /** The id of the entry. */
    private static String append(Duration ago) {
        String id = (System.currentTimeMillis() - ago.toMillis()) + "-0";
        REDIS.command("XADD", STREAM, id, "type", "a");
        return id;
    }

    private static void read(int count) {
        REDIS.command(
                "XREADGROUP", "GROUP", RedisJournalReader.GROUP, "c", "COUNT", "" + count, "STREAMS", STREAM, ">");
    }

    @Test
    void anEmptyPartitionHasNothingThatWaits() {
        LOOP.get(retention::sweep);
        assertThat(unread).containsOnlyKeys("f0", "f1", "k0");
        assertThat(unread.values()).containsOnly(Duration.ZERO);
        assertThat(unsettled.values()).containsOnly(Duration.ZERO);
    }

    @Test
    void whatNobodyEverReadIsAsOldAsItsFirstEvent() {
        append(HOUR);
        append(MINUTE);
        LOOP.get(retention::sweep);
        assertThat(unread.get("f1")).isGreaterThanOrEqualTo(HOUR);
    }

    @Test
    void whatIsReadAndNotSettledIsToldApartFromWhatIsUnread() {
        append(HOUR);
        append(MINUTE);
        REDIS.command("XGROUP", "CREATE", STREAM, RedisJournalReader.GROUP, "0");
        read(1);
        LOOP.get(retention::sweep);
        assertThat(unsettled.get("f1")).isGreaterThanOrEqualTo(HOUR);
        assertThat(unread.get("f1")).isBetween(MINUTE, HOUR);
    }

    @Test
    void whatIsSettledIsNoAgeThoughItIsKept() {
        String id = append(HOUR);
        REDIS.command("XGROUP", "CREATE", STREAM, RedisJournalReader.GROUP, "0");
        read(1);
        REDIS.command("XACK", STREAM, RedisJournalReader.GROUP, id);
        LOOP.get(retention::sweep);
        assertThat(unread.get("f1")).isZero();
        assertThat(unsettled.get("f1")).isZero();
    }
}
