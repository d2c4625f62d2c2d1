package dev.sluice.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import dev.sluice.time.Ticker;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StreamReadsTest {
    private static final Duration LONGER_THAN_ANY_TEST = Duration.ofMinutes(10);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private RedisLink other;
    private StreamReads reads;

    @BeforeEach
    void begin() {
        other = open("other", Duration.ZERO);
        RedisLink link = open("reads", LONGER_THAN_ANY_TEST);
        reads = LOOP.get(() -> Future.succeededFuture(
                new StreamReads(link, new VertxTimers(LOOP.vertx()), Ticker.SYSTEM, LONGER_THAN_ANY_TEST, none -> {})));
    }

    private RedisLink open(String name, Duration block) {
        RedisLink link = LOOP.get(() ->
                Future.succeededFuture(RedisLink.openBlocking(LOOP.vertx(), Loop.target(REDIS.uri()), name, block)));
        LOOP.get(link::up);
        return link;
    }

    private Future<List<Response>> read() {
        return reads.read(
                () -> Request.cmd(Command.XREAD).arg("COUNT").arg(1), Map.of("stream", "0-0"), LONGER_THAN_ANY_TEST);
    }

    private void awaitBlocked() {
        LOOP.until(
                () -> other.send(Request.cmd(Command.INFO).arg("clients")),
                clients -> clients.toString().contains("blocked_clients:1"));
    }

    @Test
    void aWaitThatIsCutEndsWithNothing() {
        Future<List<Response>> waits = LOOP.get(() -> Future.succeededFuture(read()));
        awaitBlocked();
        LOOP.run(() -> reads.cut(other));
        assertThat(LOOP.get(() -> waits)).isEmpty();
    }

    @Test
    void aWaitThatIsCutBeforeRedisHeardOfItEndsToo() {
        Future<List<Response>> waits = LOOP.get(() -> {
            Future<List<Response>> read = read();
            reads.cut(other);
            return Future.succeededFuture(read);
        });
        assertThat(LOOP.get(() -> waits)).isEmpty();
    }

    @Test
    void whatComesAfterACutIsRead() {
        Future<List<Response>> waits = LOOP.get(() -> Future.succeededFuture(read()));
        awaitBlocked();
        LOOP.run(() -> reads.cut(other));
        LOOP.get(() -> waits);
        Future<List<Response>> next = LOOP.get(() -> Future.succeededFuture(read()));
        REDIS.command("XADD", "stream", "1-1", "a", "b");
        assertThat(LOOP.get(() -> next)).hasSize(1);
    }
}
