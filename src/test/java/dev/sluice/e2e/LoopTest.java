package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.RedisServer;
import dev.sluice.testing.SlowRelay;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Webhooks that lead back to where their events come from. */
class LoopTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @Test
    void anEventThatComesBackThroughAnotherAddressStopsAfterFiveRounds() {
        try (TestPod pod = TestPod.start(REDIS.uri());
                SlowRelay loadBalancer = new SlowRelay(URI.create(pod.url()).getPort())) {
            loadBalancer.open();
            pod.webhook("http://127.0.0.1:%d/v1/events".formatted(loadBalancer.port()));
            pod.accept("around.and.around", 1);
            await().until(() -> pod.metrics().of("sluice_deliveries_parked_total") == 1);

            assertThat(pod.metrics().of("sluice_events_accepted_total")).isEqualTo(6);
            assertThat(pod.metrics().of("sluice_deliveries_delivered_total")).isEqualTo(5);
        }
    }

    @Test
    void aDeliveryToThePodItselfIsNotEvenTried() {
        try (TestPod pod = TestPod.start(REDIS.uri())) {
            pod.webhook(pod.url() + "/v1/events");
            pod.webhook(pod.managementUrl() + "/metrics");
            pod.accept("to.myself", 1);
            await().until(() -> pod.metrics().of("sluice_deliveries_parked_total") == 2);

            assertThat(pod.metrics().of("sluice_events_accepted_total")).isEqualTo(1);
        }
    }
}
