package dev.sluice.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.GatewayProcess;
import dev.sluice.testing.Gateways;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.StoredKeys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pods are replaced under load. The table is that of {@code operations.md}, where it says with which load. */
@Tag("apart")
@Timeout(180)
class RollingRestartChaosTest {
    private static final int PODS = 3;

    private static final int SIGTERM = 128 + 15;
    private static final Duration DRAIN = Duration.ofSeconds(25);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Gateways gateways = new Gateways();

    private Scenario scenario;
    private FailoverLedger ledger;

    @BeforeEach
    void open() {
        Map<String, String> settings = Gateways.settings(REDIS.uri());
        settings.putAll(StoredKeys.SETTINGS);
        // A pod that is only slow here is not taken for dead, nor a receiver for silent.
        settings.put("SLUICE_JOURNAL_CLAIM_AFTER", "15s");
        settings.put("SLUICE_DELIVERY_PARKING_LEASE", "60s");
        settings.put("SLUICE_DELIVERY_TIMEOUT", "15s");
        scenario = new Scenario(gateways, settings, FailoverStory.SEED, true);
        scenario.receiver.delayMillis = 20; // so that there is always something under way
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    private void start(int pods) {
        scenario.startPods(pods);
        scenario.createWebhook(
                "one", new JsonObject().put("ordering", "key").put("eventTypes", new JsonArray().add("order.made")));
        ledger = new FailoverLedger(scenario, "one", false);
        scenario.producers.start(Producers.USUAL);
    }

    private void replaceEach() {
        int pods = scenario.pods.size();
        for (int i = 0; i < pods; i++) {
            int pod = i;
            ledger.during("pod %d of %d is replaced".formatted(pod + 1, pods), () -> replace(pod));
        }
    }

    private void replace(int pod) {
        GatewayProcess leaving = scenario.replace(pod);
        assertThat(leaving.exitWithin(DRAIN)).isEqualTo(SIGTERM);
        assertThat(leaving.log()).doesNotContain("given up", "cut off");
    }

    private void end(String title) {
        scenario.stopProducers();
        ledger.print("%s, answers %s:".formatted(title, scenario.producers.answers));
        ledger.expectNothingAtAll();
        assertThat(scenario.producers.answers).containsOnlyKeys(202);
    }

    @Test
    void nothingIsLostRepeatedOrRefusedWhileEachOfThreePodsIsReplaced() {
        start(PODS);
        replaceEach();
        end("Rolling restart of three pods");
    }

    /** As {@code StoredWorkTest}, by a pod that is replaced itself. */
    @Test
    void nothingOfWhatAnEarlierVersionLeftIsLostWhileThePodThatTookItOverIsReplacedUnderLoad() {
        String here = scenario.receiver.url("").replace("http://", "");
        List<String> stored = StoredKeys.file("at-work-3.jsonl");
        StoredKeys.load(
                REDIS,
                stored.stream().map(line -> line.replace("127.0.0.1:1/", here)).toList());
        start(1);
        replaceEach();
        end("A pod is replaced on what version 3 left");

        int left = StoredKeys.events(stored, "order.paid").size();
        for (String webhook : List.of("held", "busy", "asked")) {
            Receiver.Inbox inbox = scenario.receiver.inbox(webhook);
            await().atMost(Scenario.CATCHING_UP).until(() -> inbox.taken.size() == left);
        }
        Receiver.Inbox held = scenario.receiver.inbox("held");
        assertThat(held.repeated()).isZero();
        assertThat(held.numbersByKey).containsOnlyKeys("k1", "k3");
        assertThat(held.numbersByKey.values())
                .allSatisfy(numbers -> assertThat(numbers).isSorted());
    }
}
