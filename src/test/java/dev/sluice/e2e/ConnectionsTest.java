package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.Gateways;
import dev.sluice.testing.redis.RedisCluster;
import dev.sluice.testing.redis.RedisProcess;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pod takes of Redis, as {@code redis.md} says. */
class ConnectionsTest {
    private static final int OF_THE_POD = 5;
    private static final int OF_A_LOOP = 6;

    @RegisterExtension
    static final RedisCluster REDIS = new RedisCluster(3, 0);

    @RegisterExtension
    final Gateways gateways = new Gateways();

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void podHasFiveConnectionsToEachMasterAndSixForEachLoop(int loops) {
        Map<String, String> settings = Gateways.settings(REDIS.uri());
        settings.put("SLUICE_RUNTIME_EVENT_LOOPS", String.valueOf(loops));
        gateways.launch(settings).awaitReady();
        await().untilAsserted(() -> assertThat(REDIS.masters())
                .extracting(ConnectionsTest::clients)
                .containsOnly(OF_THE_POD + loops * OF_A_LOOP));
    }

    /** But the one that asks. */
    private static int clients(RedisProcess master) {
        return (int) master.command("CLIENT", "LIST")
                        .lines()
                        .filter(line -> line.startsWith("id="))
                        .count()
                - 1;
    }
}
