package dev.sluice.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.redis.embedded.EmbeddedRedis;
import dev.sluice.testing.Gateways;
import dev.sluice.testing.RedisServer;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is left of accepted events when Redis dies; with events on its disk before they are accepted. */
@Tag("apart")
class RedisChaosTest {
    private static final long SEED = Long.getLong("sluice.chaos.seed", 20);
    private static final int KILLS = Integer.getInteger("sluice.chaos.kills", 2);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer(EmbeddedRedis.Fsync.ALWAYS);

    @RegisterExtension
    final Gateways gateways = new Gateways();

    @Test
    void everyAcceptedEventArrivesThoughRedisIsKilledAndRestarted() {
        Map<String, String> settings = Gateways.settings(REDIS.uri());
        settings.put("SLUICE_JOURNAL_DURABILITY", "fsync");
        try (Scenario scenario = new Scenario(gateways, settings, SEED, false)) {
            scenario.startPods(2);
            scenario.createWebhook("one");
            scenario.createWebhook("two");
            scenario.receiver.refusedShare = 0.05;
            scenario.receiver.delayMillis = 20;
            scenario.producers.start(Producers.USUAL);
            for (int kill = 0; kill < KILLS; kill++) {
                acceptsEvents(scenario);
                scenario.goOnFor(scenario.between(200, 2000));
                REDIS.kill();
                scenario.killed();
                scenario.goOnFor(scenario.between(50, 1500));
                REDIS.restart();
            }
            acceptsEvents(scenario);
            scenario.stopProducers();
            scenario.expectEverythingAccepted("Redis killed", "one", "two");
            assertThat(scenario.producers.answers.keySet()).isSubsetOf(202, 503).contains(503);
            assertThat(scenario.producers.unavailableWithoutRetryAfter).hasValue(0);
        }
    }

    private static void acceptsEvents(Scenario scenario) {
        int before = scenario.producers.accepted.size();
        await().until(() -> scenario.producers.accepted.size() > before + 100);
    }
}
