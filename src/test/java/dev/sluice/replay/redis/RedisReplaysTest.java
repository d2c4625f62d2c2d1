package dev.sluice.replay.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.RedisLink;
import dev.sluice.replay.Replay.Order;
import dev.sluice.replay.Replays;
import dev.sluice.replay.ReplaysContract;
import dev.sluice.secrets.Entropy;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisReplaysTest extends ReplaysContract {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private RedisLink link;
    private RedisReplays replays;

    @BeforeEach
    void open() {
        link = LOOP.get(
                () -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "replays")));
        LOOP.until(() -> link.send(Request.cmd(Command.PING)), pong -> true);
        replays = new RedisReplays(link, Entropy.SYSTEM);
    }

    @AfterEach
    void close() {
        LOOP.get(link::close);
    }

    @Override
    protected Replays replays() {
        return replays;
    }

    @Override
    protected <T> T get(Supplier<Future<T>> call) {
        return LOOP.get(call);
    }

    @Override
    protected <T> T until(Supplier<Future<T>> call, Predicate<T> wanted) {
        return LOOP.until(call, wanted);
    }

    @Test
    void forgetsWhatEndedAndKeepsWhatRuns() {
        Instant since = Instant.EPOCH;
        Order order = new Order("wh_1", "default", since, since.plusSeconds(1), List.of(), false);
        String id = get(() -> replays.start(order)).replay().id();
        String replay = "sluice:{replay}:replay:" + id;
        assertThat(REDIS.command("PTTL", replay)).isEqualTo(":-1");
        get(() -> replays.cancel("wh_1", id, ""));
        long week = Replays.RETENTION.toMillis();
        for (String key : List.of(replay, "sluice:{replay}:of:wh_1")) {
            assertThat(Long.parseLong(REDIS.command("PTTL", key).substring(1))).isBetween(week - 60_000, week);
        }
        assertThat(REDIS.command("EXISTS", "sluice:{replay}:due")).isEqualTo(":0");
        REDIS.command("DEL", replay);
        assertThat(get(() -> replays.list("wh_1"))).isEmpty();
        assertThat(get(() -> replays.start(order)).isNew()).isTrue();
        assertThat(REDIS.command("PTTL", "sluice:{replay}:of:wh_1")).isEqualTo(":-1");
    }
}
