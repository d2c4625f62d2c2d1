package dev.sluice.redis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.redis.ScriptCall;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.redis.line.Kept;
import dev.sluice.testing.Loop;
import dev.sluice.testing.redis.RedisCluster;
import dev.sluice.testing.redis.RedisProcess;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whether a failover would lose what was written. */
class ReplicasTest {
    @RegisterExtension
    static final RedisCluster REDIS = new RedisCluster(1, 1);

    @RegisterExtension
    static final Loop LOOP = new Loop();

    /** Which a master sends its replicas every second; twice. */
    private static final long OF_A_PING = 30;

    private static final Script PULSE = Script.load("lua/redis-pulse.lua");

    private RedisLink link;

    @BeforeEach
    void connect() {
        link = LOOP.get(() -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), target(), "test")));
        LOOP.get(link::up);
    }

    @AfterEach
    void close() {
        LOOP.get(link::close);
    }

    private static RedisTarget target() {
        return Loop.target(REDIS.uri()).withReplicas(1);
    }

    private Kept keep() {
        return LOOP.get(() -> link.keep(PULSE.on("pulse")));
    }

    private static void await(Future<?> future, Predicate<Future<?>> is) {
        LOOP.until(() -> Future.succeededFuture(future), is::test);
    }

    @Test
    void tellsWhenAReplicaHasWhatWasWritten() {
        Kept first = keep();
        Kept second = keep();
        assertThat(second.answer().get(1).toInteger()).isEqualTo(2);
        await(first.replicated(), Future::succeeded);
        await(second.replicated(), Future::succeeded);
    }

    @Test
    void doesNotKeepOthersFromTheMasterWhileTheReplicaIsAway() {
        keep(); // the script is known
        RedisProcess replica = REDIS.replicaOf(REDIS.masters().get(0));
        replica.suspend();
        try {
            List<Kept> kept = List.of(keep(), keep(), keep());
            assertThat(LOOP.get(() -> link.send(Request.cmd(Command.INCR).arg("n")))
                            .toInteger())
                    .isEqualTo(1);
            assertThat(kept).noneMatch(one -> one.replicated().isComplete());
            replica.resume();
            kept.forEach(one -> await(one.replicated(), Future::succeeded));
        } finally {
            replica.resume();
        }
    }

    @Test
    void whatAPersonIsToldIsOnAReplica() {
        RedisProcess master = REDIS.masters().get(0);
        long before = waits(master);
        assertThat(LOOP.get(() -> link.callDurably(PULSE.on("told"))).get(1).toInteger())
                .isEqualTo(1);
        assertThat(waits(master)).isGreaterThan(before);
    }

    @Test
    void whatIsDoneIsToldThoughNoReplicaHasIt() {
        RedisProcess replica = REDIS.replicaOf(REDIS.masters().get(0));
        replica.suspend();
        try {
            assertThat(LOOP.get(() -> link.callDurably(PULSE.on("alone")))
                            .get(1)
                            .toInteger())
                    .isEqualTo(1);
        } finally {
            replica.resume();
        }
    }

    private static long waits(RedisProcess server) {
        return server.command("INFO", "commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_wait:calls="))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1, line.indexOf(','))))
                .findFirst()
                .orElse(0);
    }

    /** On another connection Redis would say that all is well, as nothing was written on it. */
    @Test
    void doesNotKnowWhatWasWrittenOnAConnectionThatIsLost() {
        keep();
        RedisProcess master = REDIS.masters().get(0);
        RedisProcess replica = REDIS.replicaOf(master);
        replica.suspend();
        try {
            Kept kept = keep();
            master.command("CLIENT", "KILL", "TYPE", "normal");
            await(kept.replicated(), Future::failed);
        } finally {
            replica.resume();
        }
    }

    /** Redis counts a command that wrote nothing as one that every replica has. */
    @Test
    void scriptsThatFindWhatIsThereAlreadyWriteItAgain() {
        RedisProcess master = REDIS.masters().get(0);
        Script append = Script.load("lua/journal-append.lua");
        LOOP.get(() -> link.call(append(append)));
        long before = offset(master);
        assertThat(LOOP.get(() -> link.call(append(append))).get(1).toInteger()).isEqualTo(1);
        assertThat(offset(master) - before).isGreaterThan(OF_A_PING);
    }

    private static ScriptCall append(Script append) {
        return append.on(List.of("{f0}:events", "{f0}:dedup:a")).with("60000", "", "0", "8", "2", "type", "made");
    }

    private static long offset(RedisProcess master) {
        return master.command("INFO", "replication")
                .lines()
                .filter(line -> line.startsWith("master_repl_offset:"))
                .mapToLong(line -> Long.parseLong(line.substring("master_repl_offset:".length())))
                .findFirst()
                .orElseThrow();
    }
}
