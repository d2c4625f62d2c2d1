package dev.sluice.redis.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.RedisLink;
import dev.sluice.redis.Script;
import dev.sluice.testing.Loop;
import dev.sluice.testing.redis.RedisProcess;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whether one master alone would lose what was written, as {@code ReplicasTest} of a cluster. */
class ReplicationTest {
    @RegisterExtension
    static final Loop LOOP = new Loop();

    private static final Script PULSE = Script.load("lua/redis-pulse.lua");

    private final RedisProcess master = RedisProcess.start();
    private final RedisProcess replica = RedisProcess.start("replicaof " + master.hostAndPort());
    private RedisLink link;

    @BeforeEach
    void connect() {
        link = LOOP.get(() -> Future.succeededFuture(
                RedisLink.open(LOOP.vertx(), Loop.target(master.uri()).withReplicas(1), "test")));
        LOOP.get(link::up);
        await(keep().replicated(), Future::succeeded);
    }

    @AfterEach
    void close() {
        LOOP.get(link::close);
        replica.close();
        master.close();
    }

    private Kept keep() {
        return LOOP.get(() -> link.keep(PULSE.on("pulse")));
    }

    private static void await(Future<?> future, Predicate<Future<?>> is) {
        LOOP.until(() -> Future.succeededFuture(future), is::test);
    }

    /** As on a master that was one before, and does not know yet that it is none any more. */
    @Test
    void isNotSaidOfWhatNoReplicaHas() {
        replica.command("REPLICAOF", "NO", "ONE");
        Kept kept = keep();
        assertThat(kept.answer().get(1).toInteger()).isEqualTo(2);
        LOOP.get(() -> link.send(Request.cmd(Command.WAIT).arg(1).arg(300)));
        assertThat(kept.replicated().isComplete()).isFalse();
        replica.command("REPLICAOF", "127.0.0.1", String.valueOf(master.port()));
        await(kept.replicated(), Future::succeeded);
    }

    @Test
    void isNotKnownOfWhatWasWrittenOnAConnectionThatIsLost() {
        replica.suspend();
        try {
            Kept kept = keep();
            master.command("CLIENT", "KILL", "TYPE", "normal");
            await(kept.replicated(), Future::failed);
        } finally {
            replica.resume();
        }
    }

    @Test
    void isNotKnownOnceTheLinkIsClosed() {
        replica.suspend();
        try {
            Kept kept = keep();
            LOOP.get(link::close);
            await(kept.replicated(), Future::failed);
        } finally {
            replica.resume();
        }
    }
}
