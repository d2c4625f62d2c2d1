package dev.sluice.redis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.testing.Loop;
import dev.sluice.testing.redis.RedisCluster;
import dev.sluice.testing.redis.RedisProcess;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What callers of a link see of a cluster: nothing. */
class ClusterLinkTest {
    @RegisterExtension
    static final RedisCluster REDIS = new RedisCluster(3, 0);

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private static final Script PULSE = Script.load("lua/redis-pulse.lua");

    private RedisLink link;

    @BeforeEach
    void connect() {
        connect(Loop.target(REDIS.uri()));
    }

    private void connect(RedisTarget target) {
        link = LOOP.get(() -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), target, "test")));
        LOOP.get(link::up);
    }

    /** A server that moves keys answers nothing meanwhile, on a busy machine for long. */
    private void connectPatiently() {
        LOOP.get(link::close);
        connect(new RedisTarget(REDIS.uri(), Duration.ofMinutes(1), Duration.ofMillis(10), Duration.ofMillis(100)));
    }

    @AfterEach
    void close() {
        LOOP.get(link::close);
    }

    private static Request incr(String key) {
        return Request.cmd(Command.INCR).arg(key);
    }

    private static Request append(String key, Object value) {
        return Request.cmd(Command.RPUSH).arg(key).arg(String.valueOf(value));
    }

    private static List<String> list(RedisProcess node, String key) {
        return node.command("LRANGE", key, "0", "-1")
                .lines()
                .filter(line -> !line.startsWith("*") && !line.startsWith("$"))
                .toList();
    }

    @Test
    void bringsEachKeyToItsMaster() {
        List<Response> answers = LOOP.get(() -> link.batch(
                IntStream.range(0, 300).mapToObj(i -> incr("key" + i % 100)).toList()));
        assertThat(answers).hasSize(300);
        assertThat(answers.subList(200, 300)).allMatch(answer -> answer.toInteger() == 3);
        assertThat(REDIS.masters()).allMatch(node -> !node.command("DBSIZE").equals(":0"));
    }

    @Test
    void learnsAScriptWhereverItIsCalled() {
        List<Response> beats = LOOP.get(() -> link.calls(
                IntStream.range(0, 30).mapToObj(i -> PULSE.on("key" + i)).toList()));
        assertThat(beats).allMatch(beat -> beat.get(1).toInteger() == 1);
    }

    @Test
    void followsASlotThatWasMoved() {
        int slot = Slots.of("moving");
        RedisProcess from = REDIS.masterOf(slot);
        RedisProcess to = other(from);
        LOOP.get(() -> link.send(incr("moving")));
        REDIS.migrate(slot, from, to);
        try {
            assertThat(LOOP.get(() -> link.send(incr("moving"))).toInteger()).isEqualTo(2);
        } finally {
            REDIS.migrate(slot, to, from);
        }
    }

    @Test
    void asksThereForAKeyThatHasGoneAhead() {
        int slot = Slots.of("{moving}a");
        RedisProcess from = REDIS.masterOf(slot);
        RedisProcess to = other(from);
        LOOP.get(() -> link.batch(List.of(incr("{moving}a"), incr("{moving}b"))));
        REDIS.open(slot, from, to);
        try {
            REDIS.moveKeys(slot, from, to);
            assertThat(LOOP.get(() -> link.send(incr("{moving}a"))).toInteger()).isEqualTo(2);
            assertThat(LOOP.get(() -> link.batch(List.of(incr("{moving}b"), incr("{moving}b")))))
                    .extracting(Response::toInteger)
                    .containsExactly(2, 3);
        } finally {
            REDIS.close(slot, from, to);
            REDIS.migrate(slot, to, from);
        }
    }

    @Test
    void keepsTheOrderOfASlotWhileItMoves() {
        connectPatiently();
        int slot = Slots.of("moving");
        RedisProcess from = REDIS.masterOf(slot);
        RedisProcess to = other(from);
        int sent = 0;
        for (int move = 0; move < 10; move++) {
            RedisProcess source = move % 2 == 0 ? from : to;
            RedisProcess target = move % 2 == 0 ? to : from;
            sent = appendWhile(() -> REDIS.migrate(slot, source, target), sent);
        }
        assertThat(list(from, "moving"))
                .isEqualTo(IntStream.range(0, sent).mapToObj(String::valueOf).toList());
    }

    /** Returns when all have answers, how many there are then. */
    private int appendWhile(Runnable happens, int before) {
        List<Future<Response>> answers = new ArrayList<>();
        Thread happening = new Thread(happens);
        happening.start();
        int sent = before;
        while (happening.isAlive()) {
            int next = sent;
            LOOP.run(() -> IntStream.range(next, next + 20).forEach(i -> answers.add(link.send(append("moving", i)))));
            sent += 20;
        }
        LOOP.get(() -> Future.all(answers));
        return sent;
    }

    /** A script that ran half way could not be taken back. */
    @Test
    void runsNoScriptWhileItsSlotMoves() {
        int slot = Slots.of("moving");
        RedisProcess from = REDIS.masterOf(slot);
        RedisProcess to = other(from);
        LOOP.get(() -> link.call(PULSE.on("moving")));
        REDIS.open(slot, from, to);
        Future<Response> beat;
        try {
            beat = LOOP.get(() -> Future.succeededFuture(link.call(PULSE.on("moving"))));
            LOOP.get(() -> link.send(incr("elsewhere")));
            assertThat(from.command("HGET", "moving", "beats")).endsWith("1");
            REDIS.moveKeys(slot, from, to);
        } finally {
            REDIS.close(slot, from, to);
        }
        try {
            assertThat(LOOP.get(() -> beat).get(1).toInteger()).isEqualTo(2);
        } finally {
            REDIS.migrate(slot, to, from);
        }
    }

    private static RedisProcess other(RedisProcess node) {
        return REDIS.masters().stream().filter(each -> each != node).findFirst().orElseThrow();
    }
}
