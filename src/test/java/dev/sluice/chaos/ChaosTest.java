package dev.sluice.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.GatewayProcess;
import dev.sluice.testing.Gateways;
import dev.sluice.testing.RedisServer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What pods do to each other's work when they die, leave or hear of changes; as real processes. */
@Tag("apart")
class ChaosTest {
    private static final long SEED = Long.getLong("sluice.chaos.seed", 20);
    private static final Duration LOAD = Duration.ofSeconds(Long.getLong("sluice.chaos.seconds", 5));

    /** As JVMs answer SIGTERM. */
    private static final int TERMINATED = 128 + 15;

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Gateways gateways = new Gateways();

    private Scenario scenario;

    @BeforeEach
    void open() {
        scenario = new Scenario(gateways, Gateways.settings(REDIS.uri()), SEED, false);
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    /** A pod or a receiver that is only slow here shall not cause repeats. */
    private void patient() {
        scenario.settings.put("SLUICE_JOURNAL_CLAIM_AFTER", "15s");
        scenario.settings.put("SLUICE_DELIVERY_PARKING_LEASE", "60s");
        scenario.settings.put("SLUICE_DELIVERY_TIMEOUT", "15s");
    }

    @Test
    void everyAcceptedEventArrivesThoughPodsAreKilled() {
        scenario.startPods(3);
        scenario.createWebhook("one");
        scenario.createWebhook("two");
        scenario.receiver.refusedShare = 0.05;
        scenario.receiver.delayMillis = 20;
        scenario.producers.start(Producers.USUAL);
        for (Duration left = LOAD; left.compareTo(Duration.ZERO) > 0; ) {
            Duration pause = scenario.between(500, 3000);
            scenario.goOnFor(pause);
            scenario.awaitReachable(2);
            scenario.killAnyPod();
            left = left.minus(pause);
        }
        await().atMost(Scenario.CATCHING_UP).until(() -> scenario.producers.accepted.size() > 500);
        scenario.stopProducers();
        scenario.expectEverythingAccepted("pods killed", "one", "two");
    }

    @Test
    void aTerminatedPodDrains() {
        patient();
        scenario.startPods(2);
        scenario.createWebhook("one");
        scenario.createWebhook("two");
        scenario.receiver.delayMillis = 100;
        scenario.producers.start(8);
        await().until(() -> scenario.producers.accepted.size() > 200);
        for (int pod = 0; pod < 2; pod++) {
            GatewayProcess leaving = scenario.pods.get(pod);
            leaving.terminate();
            assertThat(leaving.exitWithin(Duration.ofSeconds(10))).isEqualTo(TERMINATED);
            assertThat(leaving.log()).doesNotContain("stopped before", "stopped with");
            scenario.pods.set(pod, gateways.launch(scenario.settings).awaitReady());
        }
        scenario.stopProducers();
        scenario.expectEverythingAccepted("pods terminated", "one", "two");
        assertThat(scenario.receiver.inbox("one").repeated()).isZero();
        assertThat(scenario.receiver.inbox("two").repeated()).isZero();
    }

    @Test
    void aDisabledWebhookStopsInEveryPodAtOnce() {
        patient();
        scenario.startPods(2);
        String id = scenario.createWebhook("one");
        scenario.receiver.delayMillis = 300; // so that much waits in the lanes
        scenario.producers.start(16);
        Receiver.Inbox inbox = scenario.receiver.inbox("one");
        await().until(() -> inbox.taken.size() > 200);
        Set<String> matched = Set.copyOf(scenario.producers.accepted.values());
        scenario.goOnFor(Duration.ofMillis(200));

        change(id, new JsonObject().put("enabled", false));
        await().until(() -> scenario.receiver.underWay() == 0);
        int taken = inbox.taken.size();
        int accepted = scenario.producers.accepted.size();
        await().until(() -> scenario.producers.accepted.size() > accepted + 200);
        assertThat(inbox.taken).hasSize(taken);

        change(id, new JsonObject().put("enabled", true));
        scenario.stopProducers();
        await().untilAsserted(() -> assertThat(inbox.taken).containsKeys(matched.toArray(String[]::new)));
        assertThat(inbox.repeated()).isZero();
    }

    @Test
    void aChangedUrlTakesEffectInEveryPodWithinASecond() {
        scenario.startPods(2);
        String id = scenario.createWebhook("before");
        scenario.producers.start(8);
        Receiver.Inbox before = scenario.receiver.inbox("before");
        await().until(() -> before.taken.size() > 200);

        change(id, new JsonObject().put("url", scenario.receiver.url("after")));
        scenario.goOnFor(Duration.ofSeconds(1));
        int taken = before.taken.size();
        int accepted = scenario.producers.accepted.size();
        await().until(() -> scenario.producers.accepted.size() > accepted + 200);
        assertThat(before.taken).hasSize(taken);
        scenario.stopProducers();
        await().until(() ->
                before.taken.size() + scenario.receiver.inbox("after").taken.size()
                        >= scenario.producers.accepted.size());
    }

    private void change(String webhook, JsonObject patch) {
        scenario.call(HttpMethod.PATCH, scenario.pods.get(0).url() + "/v1/webhooks/" + webhook, patch);
    }
}
