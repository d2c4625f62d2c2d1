package dev.sluice.redis.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.RedisLink;
import dev.sluice.testing.Loop;
import dev.sluice.testing.redis.RedisProcess;
import dev.sluice.testing.redis.RedisSentinels;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A link finds the master whom the Sentinels name, whoever that is. */
class SentinelLinkTest {
    @RegisterExtension
    static final RedisSentinels REDIS = new RedisSentinels();

    @RegisterExtension
    static final Loop LOOP = new Loop();

    private RedisLink link;

    @BeforeEach
    void connect() {
        link = LOOP.get(() -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "test")));
        LOOP.get(link::up);
    }

    @AfterEach
    void close() {
        LOOP.get(link::close);
    }

    private int count() {
        return LOOP.until(() -> link.send(Request.cmd(Command.INCR).arg("n")), counted -> true)
                .toInteger();
    }

    @Test
    void goesOnAtTheReplicaWhenTheMasterDies() {
        assertThat(count()).isEqualTo(1);
        LOOP.get(() -> link.send(Request.cmd(Command.WAIT).arg(1).arg(1000)));
        RedisProcess former = REDIS.master();
        former.kill();
        assertThat(count()).isEqualTo(2);
        assertThat(REDIS.master()).isNotSameAs(former);
        former.restart(); // as a replica, to which nobody may fall back
        REDIS.awaitWhole();
        assertThat(count()).isEqualTo(3);
    }

    @Test
    void goesOnAtTheReplicaWhenItIsMadeTheMaster() {
        RedisProcess former = REDIS.master();
        assertThat(count()).isEqualTo(1);
        REDIS.failOver();
        LOOP.until(() -> Future.succeededFuture(REDIS.master()), master -> master != former);
        REDIS.awaitWhole();
        assertThat(count()).isEqualTo(2);
    }

    /** The former master would take what is written for some seconds, and lose it. */
    @Test
    void leavesAMasterThatDoesNotKnowYetThatItIsNoneAnyMore() {
        RedisProcess former = REDIS.master();
        RedisProcess next = REDIS.servers().stream()
                .filter(server -> server != former)
                .findFirst()
                .orElseThrow();
        assertThat(count()).isEqualTo(1);
        LOOP.get(() -> link.send(Request.cmd(Command.WAIT).arg(1).arg(1000)));
        former.command("ACL", "SETUSER", "default", "-replicaof", "-slaveof"); // nobody can tell it
        try {
            REDIS.failOver();
            LOOP.until(
                    () -> link.send(Request.cmd(Command.CONFIG).arg("GET").arg("port")),
                    answer -> answer.toString().contains(String.valueOf(next.port())));
            assertThat(former.isMaster()).isTrue();
        } finally {
            former.command("ACL", "SETUSER", "default", "+replicaof", "+slaveof");
        }
        REDIS.awaitWhole();
    }

    @Test
    void needsOneSentinelThatAnswers() {
        REDIS.sentinels().subList(0, 2).forEach(RedisProcess::suspend);
        try {
            RedisLink other = LOOP.get(
                    () -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(REDIS.uri()), "other")));
            LOOP.get(other::up);
            LOOP.get(other::close);
        } finally {
            REDIS.sentinels().subList(0, 2).forEach(RedisProcess::resume);
        }
    }
}
