package dev.sluice.chaos;

import static org.awaitility.Awaitility.await;

import dev.sluice.redis.Keys;
import dev.sluice.redis.cluster.Slots;
import dev.sluice.testing.redis.RedisCluster;
import dev.sluice.testing.redis.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What happens to accepted events, and to the order of their keys, when something happens to a cluster of three masters with a
 * replica each, an event accepted when a replica has it.
 */
class FailoverChaosTest extends FailoverStory {
    @RegisterExtension
    static final RedisCluster REDIS = new RedisCluster(3, 1);

    @Override
    String uri() {
        return REDIS.uri();
    }

    @Override
    void awaitWhole() {
        REDIS.awaitWhole();
    }

    @Test
    void nothingAcceptedIsLostAndOrderHoldsWhateverHappensToTheCluster() {
        for (int i = 0; i < FAILOVERS; i++) {
            ledger.during("a master is killed, its replica takes over", this::killAMaster);
            ledger.during("a replica is made the master", this::failOver);
        }
        ledger.during("all connections are cut", () -> REDIS.masters().forEach(FailoverStory::cutConnections));
        ledger.during("a slot with events moves to another master", () -> move(Keys.events("k0")));
        if (LONG) {
            ledger.during("a master is added, and slots are moved to it", this::addAMaster);
            ledger.during("a master stands still", this::suspendAMaster);
            ledger.during("a master is cut off from its replica", () -> cutOff(REDIS.replicaOf(anyMaster())));
            ledger.during("all servers are killed and started again", this::restartAll);
        }
        end("Cluster of three masters with a replica each");
    }

    private RedisProcess anyMaster() {
        List<RedisProcess> masters = REDIS.masters().stream()
                .filter(node -> !node.command("DBSIZE").equals(":0"))
                .toList();
        return masters.get(scenario.chance.nextInt(masters.size()));
    }

    private void killAMaster() {
        RedisProcess master = anyMaster();
        kill(master, REDIS.replicaOf(master));
    }

    private void suspendAMaster() {
        RedisProcess master = anyMaster();
        suspend(master, REDIS.replicaOf(master));
    }

    private void failOver() {
        RedisProcess replica = REDIS.replicaOf(anyMaster());
        await().pollInterval(Duration.ofMillis(50))
                .until(() -> replica.command("CLUSTER", "FAILOVER").equals("+OK"));
        awaitMaster(replica);
        REDIS.awaitWhole();
    }

    private void move(String key) {
        int slot = Slots.of(key);
        RedisProcess from = REDIS.masterOf(slot);
        RedisProcess to = REDIS.masters().stream()
                .filter(node -> node != from)
                .findFirst()
                .orElseThrow();
        REDIS.migrate(slot, from, to);
    }

    private void addAMaster() {
        RedisProcess added = REDIS.add();
        RedisProcess replica = REDIS.add();
        await().until(() ->
                replica.command("CLUSTER", "REPLICATE", RedisCluster.id(added)).equals("+OK"));
        await().until(() -> added.command("INFO", "replication").contains("state=online"));
        IntStream partitions = IntStream.range(1, 4);
        partitions
                .boxed()
                .flatMap(i -> Stream.of(Keys.events("k" + i), Keys.events("f" + i), Keys.wake("q" + i)))
                .mapToInt(Slots::of)
                .distinct()
                .forEach(slot -> REDIS.migrate(slot, REDIS.masterOf(slot), added));
        REDIS.awaitWhole();
    }

    private void restartAll() {
        REDIS.nodes().forEach(RedisProcess::kill);
        REDIS.nodes().forEach(RedisProcess::restart);
        REDIS.awaitWhole();
    }
}
