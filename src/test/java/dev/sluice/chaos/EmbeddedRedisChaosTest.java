package dev.sluice.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.Gateways;
import dev.sluice.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One process with its own Redis, as on the machine of a developer. */
@Tag("apart")
class EmbeddedRedisChaosTest {
    @RegisterExtension
    final Gateways gateways = new Gateways();

    @TempDir
    Path data;

    @Test
    void aKilledGatewayTakesItsRedisWithItAndDeliversAfterTheNextStart() throws IOException {
        Map<String, String> settings = Gateways.settings("");
        settings.remove("SLUICE_REDIS_URI");
        settings.remove("SLUICE_SECRETS_KEY");
        settings.put("SLUICE_DATA_DIR", data.toString());
        try (Scenario scenario = new Scenario(gateways, settings, 1, false)) {
            scenario.startPods(1);
            scenario.createWebhook("one");
            scenario.receiver.delayMillis = 500;
            scenario.producers.start(8);
            await().until(() -> scenario.producers.accepted.size() > 300);
            long redis = redis();
            scenario.killAnyPod();
            RedisServer.awaitEnd(redis);
            int undelivered = scenario.producers.accepted.size()
                    - scenario.receiver.inbox("one").taken.size();
            assertThat(undelivered).isPositive();

            scenario.pods.get(0).awaitReady();
            scenario.stopProducers();
            scenario.expectEverythingAccepted("gateway killed with its Redis", "one");

            // Before the folder is deleted: it holds the file by which a killed gateway's Redis is found.
            long next = redis();
            scenario.pods.get(0).kill();
            RedisServer.awaitEnd(next);
        }
    }

    private long redis() throws IOException {
        return Long.parseLong(
                Files.readString(data.resolve("redis").resolve("redis.pid")).strip());
    }
}
