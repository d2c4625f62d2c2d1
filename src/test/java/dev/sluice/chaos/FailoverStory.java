package dev.sluice.chaos;

import static org.awaitility.Awaitility.await;

import dev.sluice.testing.Gateways;
import dev.sluice.testing.redis.RedisProcess;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Pods under load, producers that keep the order of their keys, and a table of what faults of Redis do to that.
 *
 * <p>The long form is the table of {@code redis.md}: {@code -Dsluice.chaos.failovers=20 -Dsluice.chaos.around=1250}; with
 * {@code -Dsluice.chaos.durability=none} it shows what is lost when nothing is waited for, with {@code
 * -Dsluice.chaos.durability=fsync -Dsluice.test.appendfsync=always} what the master's disk is worth.
 */
@Tag("apart")
abstract class FailoverStory {
    static final long SEED = Long.getLong("sluice.chaos.seed", 20);
    static final int FAILOVERS = Integer.getInteger("sluice.chaos.failovers", 1);
    static final boolean LONG = FAILOVERS > 1;
    private static final Duration CUT_OFF = Duration.ofSeconds(LONG ? 20 : 4);
    private static final int KEYS = 8;
    private static final String DURABILITY = System.getProperty("sluice.chaos.durability", "replicas");

    @RegisterExtension
    final Gateways gateways = new Gateways();

    Scenario scenario;
    FailoverLedger ledger;

    /** Where the pods find Redis. */
    abstract String uri();

    /** Until all of Redis is there again, with its replicas. */
    abstract void awaitWhole();

    Map<String, String> settings() {
        Map<String, String> settings = Gateways.settings(uri());
        settings.put("SLUICE_JOURNAL_DURABILITY", DURABILITY);
        settings.put("SLUICE_JOURNAL_REPLICAS", "1");
        settings.put("SLUICE_JOURNAL_PARTITIONS", "8");
        settings.put("SLUICE_JOURNAL_KEYED_PARTITIONS", "8");
        settings.put("SLUICE_DELIVERY_RETRY_DELAYS", "200ms,200ms,200ms,200ms,200ms,200ms,200ms,200ms");
        return settings;
    }

    @BeforeEach
    void open() {
        scenario = new Scenario(gateways, settings(), SEED, true);
        scenario.startPods(LONG ? 3 : 2);
        scenario.createWebhook("one", new JsonObject().put("ordering", "key"));
        ledger = new FailoverLedger(scenario, "one", !DURABILITY.equals("replicas"));
        scenario.producers.start(KEYS);
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    void kill(RedisProcess master, RedisProcess replica) {
        master.kill();
        awaitMaster(replica);
        master.restart();
        awaitWhole();
    }

    static void awaitMaster(RedisProcess replica) {
        await().pollInterval(Duration.ofMillis(20)).until(replica::isMaster);
    }

    static void cutConnections(RedisProcess server) {
        server.command("CLIENT", "KILL", "TYPE", "normal");
    }

    /** It wakes as what it was, until it hears that another one is the master. */
    void suspend(RedisProcess master, RedisProcess replica) {
        master.suspend();
        try {
            awaitMaster(replica);
            scenario.goOnFor(CUT_OFF);
        } finally {
            master.resume();
        }
        awaitWhole();
    }

    void cutOff(RedisProcess replica) {
        replica.suspend();
        try {
            scenario.goOnFor(CUT_OFF);
        } finally {
            replica.resume();
        }
        awaitWhole();
    }

    void end(String title) {
        scenario.stopProducers();
        ledger.print("%s, durability %s:".formatted(title, DURABILITY));
        ledger.expectNothingLostAndAllInOrder();
    }
}
