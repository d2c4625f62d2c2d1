package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis goes away and comes back. */
class OutageTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @Test
    void refusesWhileRedisIsAwayAndGoesOnByItself() {
        try (TestPod pod = TestPod.start(REDIS.uri(), "SLUICE_REDIS_COMMAND_TIMEOUT", "1s")) {
            pod.webhook(receiver.url());
            pod.accept("before", 1);
            receiver.take();
            assertThat(pod.management().get("/health/ready").status()).isEqualTo(200);

            REDIS.kill();

            Awaitility.await().until(() -> pod.management().get("/health/ready").status() == 503);
            assertThat(pod.management().get("/health/live").status()).isEqualTo(200);
            refused(pod.api().post("/v1/events", "application/json", "{\"type\":\"lost\"}"));
            refused(pod.api().get("/v1/webhooks"));

            REDIS.restart();

            Awaitility.await().until(() -> pod.management().get("/health/ready").status() == 200);
            Awaitility.await()
                    .until(() -> pod.api()
                                    .post("/v1/events", "application/json", "{\"type\":\"after\"}")
                                    .status()
                            == 202);
            assertThat(receiver.take().text()).contains("after");
        }
    }

    private static void refused(Rest.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(Integer.parseInt(answer.header("retry-after"))).isPositive();
    }
}
