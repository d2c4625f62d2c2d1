package dev.sluice.chaos;

import static org.awaitility.Awaitility.await;

import dev.sluice.redis.Keys;
import dev.sluice.redis.cluster.Slots;
import dev.sluice.testing.Gateways;
import dev.sluice.testing.redis.RedisCluster;
import dev.sluice.testing.redis.RedisProcess;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What happens to accepted events, and to the order of their keys, when something happens to a cluster under load: three
 * pods, three masters with a replica each, an event accepted when a replica has it.
 *
 * <p>The long form is the table of the README: {@code -Dsluice.chaos.failovers=20 -Dsluice.chaos.around=2500}.
 */
class FailoverChaosTest {
    private static final long SEED = Long.getLong("sluice.chaos.seed", 20);
    private static final int FAILOVERS = Integer.getInteger("sluice.chaos.failovers", 1);
    private static final boolean LONG = FAILOVERS > 1;
    private static final Duration CUT_OFF = Duration.ofSeconds(LONG ? 20 : 4);
    private static final int KEYS = 8;

    @RegisterExtension
    static final RedisCluster REDIS = new RedisCluster(3, 1);

    @RegisterExtension
    final Gateways gateways = new Gateways();

    private Scenario scenario;
    private FailoverLedger ledger;

    @BeforeEach
    void open() {
        Map<String, String> settings = Gateways.settings(REDIS.uri());
        settings.put("SLUICE_JOURNAL_DURABILITY", "replicas");
        settings.put("SLUICE_JOURNAL_REPLICAS", "1");
        settings.put("SLUICE_JOURNAL_PARTITIONS", "8");
        settings.put("SLUICE_JOURNAL_KEYED_PARTITIONS", "8");
        settings.put("SLUICE_DELIVERY_RETRY_DELAYS", "200ms,200ms,200ms,200ms,200ms,200ms,200ms,200ms");
        scenario = new Scenario(gateways, settings, SEED, true);
        scenario.startPods(LONG ? 3 : 2);
        scenario.createWebhook("one", new JsonObject().put("ordering", "key"));
        ledger = new FailoverLedger(scenario, "one");
        scenario.producers.start(KEYS);
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    @Test
    void nothingAcceptedIsLostAndOrderHoldsWhateverHappensToTheCluster() {
        for (int i = 0; i < FAILOVERS; i++) {
            ledger.during("a master is killed, its replica takes over", this::killAMaster);
            ledger.during("a replica is made the master", this::failOver);
        }
        ledger.during("all connections are cut", this::cutConnections);
        ledger.during("a slot with events moves to another master", () -> move(Keys.events("k0")));
        if (LONG) {
            ledger.during("a master is added, and slots are moved to it", this::addAMaster);
            ledger.during("a master stands still", this::suspendAMaster);
            ledger.during("a master is cut off from its replica", this::suspendAReplica);
            ledger.during("all servers are killed and started again", this::restartAll);
        }
        scenario.stopProducers();
        ledger.print("Cluster of three masters with a replica each, durability replicas:");
        ledger.expectNothingLostAndAllInOrder();
    }

    private RedisProcess anyMaster() {
        List<RedisProcess> masters = REDIS.masters().stream()
                .filter(node -> !node.command("DBSIZE").equals(":0"))
                .toList();
        return masters.get(scenario.chance.nextInt(masters.size()));
    }

    private void killAMaster() {
        RedisProcess master = anyMaster();
        RedisProcess replica = REDIS.replicaOf(master);
        master.kill();
        awaitMaster(replica);
        master.restart();
        REDIS.awaitWhole();
    }

    private static void awaitMaster(RedisProcess replica) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> replica.command("INFO", "replication").contains("role:master"));
    }

    private void failOver() {
        RedisProcess replica = REDIS.replicaOf(anyMaster());
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> replica.command("CLUSTER", "FAILOVER").equals("+OK"));
        awaitMaster(replica);
        REDIS.awaitWhole();
    }

    private void cutConnections() {
        REDIS.masters().forEach(node -> node.command("CLIENT", "KILL", "TYPE", "normal"));
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
        await().atMost(Duration.ofSeconds(30))
                .until(() -> replica.command("CLUSTER", "REPLICATE", RedisCluster.id(added))
                        .equals("+OK"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> added.command("INFO", "replication").contains("state=online"));
        IntStream partitions = IntStream.range(1, 4);
        partitions
                .boxed()
                .flatMap(i -> Stream.of(Keys.events("k" + i), Keys.events("f" + i), Keys.wake("q" + i)))
                .mapToInt(Slots::of)
                .distinct()
                .forEach(slot -> REDIS.migrate(slot, REDIS.masterOf(slot), added));
        REDIS.awaitWhole();
    }

    private void suspendAMaster() {
        RedisProcess master = anyMaster();
        RedisProcess replica = REDIS.replicaOf(master);
        master.suspend();
        try {
            awaitMaster(replica);
            scenario.goOnFor(CUT_OFF);
        } finally {
            master.resume();
        }
        REDIS.awaitWhole();
    }

    private void suspendAReplica() {
        RedisProcess replica = REDIS.replicaOf(anyMaster());
        replica.suspend();
        try {
            scenario.goOnFor(CUT_OFF);
        } finally {
            replica.resume();
        }
        REDIS.awaitWhole();
    }

    private void restartAll() {
        REDIS.nodes().forEach(RedisProcess::kill);
        REDIS.nodes().forEach(RedisProcess::restart);
        REDIS.awaitWhole();
    }
}
