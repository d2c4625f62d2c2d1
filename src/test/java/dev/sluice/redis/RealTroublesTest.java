package dev.sluice.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.trouble.RedisUnavailable;
import dev.sluice.redis.trouble.Trouble;
import dev.sluice.testing.Loop;
import dev.sluice.testing.redis.RedisCluster;
import dev.sluice.testing.redis.RedisProcess;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers that cannot do what they are asked; that one says where a slot is, {@code ClusterLinkTest} tries. */
class RealTroublesTest {
    @RegisterExtension
    static final Loop LOOP = new Loop();

    private static final Request WRITE = Request.cmd(Command.INCR).arg("n");
    private static final Request READ = Request.cmd(Command.GET).arg("n");

    private final List<RedisProcess> servers = new ArrayList<>();
    private @Nullable RedisLink link;

    @AfterEach
    void close() {
        if (link != null) {
            LOOP.get(link::close);
        }
        servers.forEach(RedisProcess::close);
    }

    private RedisProcess start(RedisProcess server) {
        servers.add(server);
        return server;
    }

    private RedisLink connect(RedisProcess server) {
        RedisLink opened =
                LOOP.get(() -> Future.succeededFuture(RedisLink.open(LOOP.vertx(), Loop.target(server.uri()), "test")));
        link = opened;
        LOOP.get(opened::up);
        return opened;
    }

    private static @Nullable Trouble trouble(RedisLink link, Request request) {
        return LOOP.get(() -> asked(link, request));
    }

    /** Null: it is done, or wrong. */
    private static Future<@Nullable Trouble> asked(RedisLink link, Request request) {
        return link.send(request)
                .transform(done ->
                        Future.succeededFuture(done.cause() instanceof RedisUnavailable told ? told.trouble() : null));
    }

    @Test
    void oneThatIsFullIsFull() {
        assertThat(trouble(connect(start(RedisProcess.start("maxmemory 1"))), WRITE))
                .isEqualTo(Trouble.FULL);
    }

    @Test
    void oneWhoseReplicasAreMissingHasTooFew() {
        assertThat(trouble(connect(start(RedisProcess.start("min-replicas-to-write 1"))), WRITE))
                .isEqualTo(Trouble.NO_REPLICAS);
    }

    @Test
    void aReplicaIsReadOnly() {
        RedisProcess master = start(RedisProcess.start());
        RedisProcess replica = start(RedisProcess.start("replicaof " + master.hostAndPort()));
        assertThat(trouble(connect(replica), WRITE)).isEqualTo(Trouble.READ_ONLY);
    }

    @Test
    void aReplicaThatShowsNoOldDataHasNoMaster() {
        RedisProcess master = start(RedisProcess.start());
        RedisProcess replica = start(RedisProcess.start("replicaof " + master.hostAndPort()));
        RedisLink link = connect(replica);
        replica.command("CONFIG", "SET", "replica-serve-stale-data", "no");
        master.kill();
        LOOP.until(() -> asked(link, READ), Trouble.NO_MASTER::equals);
    }

    @Test
    void aNodeWhoseSlotNobodyHasIsOfABrokenCluster() {
        assertThat(trouble(connect(start(RedisCluster.startNode())), WRITE)).isEqualTo(Trouble.CLUSTER);
    }

    /** It takes longer to load than anybody has patience, and answers every 1024 commands, until it is told to be quick. */
    @Test
    void oneThatReadsItsDataIsLoading() {
        RedisProcess server = start(RedisProcess.start("key-load-delay 100"));
        RedisLink link = connect(server);
        server.command("EVAL", "for i = 1, 600000 do redis.call('SET', 'k' .. i % 9, i) end", "0");
        server.kill();
        CompletableFuture<Void> started = CompletableFuture.runAsync(server::restart);
        LOOP.until(() -> asked(link, READ), Trouble.LOADING::equals);
        server.command("CONFIG", "SET", "key-load-delay", "0");
        started.join();
        LOOP.until(() -> link.send(WRITE), answer -> answer.toInteger() == 1);
    }
}
