package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One tenant's keys in Redis are of another type; whose they are is nobody else's matter. */
class BrokenTenantTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private final Receiver receiver = new Receiver();
    private TestPod pod;

    @BeforeEach
    void start() {
        REDIS.command("SET", "sluice:{t:acme}:webhooks", "of another type");
        pod = TestPod.start(REDIS.uri(), "SLUICE_FANOUT_WINDOW", "100", "SLUICE_JOURNAL_CLAIM_AFTER", "2s");
    }

    @AfterEach
    void stop() {
        pod.close();
        receiver.close();
    }

    private void publish(int count, boolean keyed) {
        String lines = IntStream.range(0, count)
                .mapToObj(i ->
                        new JsonObject().put("type", "a").put("tenant", "acme").put("data", i))
                .map(event -> keyed ? event.put("partitionkey", "k") : event)
                .map(JsonObject::encode)
                .collect(Collectors.joining("\n"));
        assertThat(pod.api().post("/v1/events", "application/x-ndjson", lines).status())
                .isEqualTo(200);
    }

    @Test
    void delaysNobodyElseAndLosesNothing() {
        pod.webhook(receiver.url());
        publish(1000, false);
        publish(1000, true);
        await().until(() -> pod.metrics().of("sluice_faults_total") > 0);

        pod.accept("entry.create", "plain");
        assertThat(receiver.take().text()).contains("plain");
        pod.accept(new JsonObject().put("type", "b").put("partitionkey", "k").put("data", "keyed"));
        assertThat(receiver.take().text()).contains("keyed");
        assertThat(pod.management().get("/health/ready").status()).isEqualTo(200);

        REDIS.command("DEL", "sluice:{t:acme}:webhooks");
        await().until(() -> pod.metrics().of("sluice_events_unmatched_total") == 2000);
    }
}
