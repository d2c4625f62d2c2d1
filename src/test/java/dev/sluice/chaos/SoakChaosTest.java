package dev.sluice.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.GatewayProcess;
import dev.sluice.testing.Gateways;
import dev.sluice.testing.KeySweep;
import dev.sluice.testing.LeftOut;
import dev.sluice.testing.PodClasses;
import dev.sluice.testing.RedisServer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Nothing goes wrong, for long: {@code mvn -P soak verify [-Dsoak.seconds=N]}. */
@EnabledIfSystemProperty(
        named = "soak.seconds",
        matches = "\\d+",
        disabledReason = "it takes minutes: mvn -P soak verify")
class SoakChaosTest {
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("soak.seconds", 600));
    private static final int PRODUCERS = 16;

    /** Turns of steady load and of bursts, each with as many events. */
    private static final long TURN_SECONDS = Math.max(1, Math.min(20, TIME.toSeconds() / 18)); // a few in each third

    private static final double BURST_SECONDS = TURN_SECONDS / 4.0;
    private static final int EVENTS_A_SECOND = Integer.getInteger("soak.rate", 100);
    /** What a pod says that got no answer in time, or no processor. */
    private static final List<String> STOOD_STILL =
            List.of("lost Redis", "lost a keyed partition", "others may have taken this pod for dead");

    private static final int MOST_UNDER_WAY = 2000;
    private static final Duration BETWEEN_SAMPLES = TIME.dividedBy(45); // at another place of each turn

    /** What is kept for a second only is gone then. */
    private static final Duration REST = Duration.ofSeconds(3);

    /** Of small numbers ten percent are nothing. */
    private static final Map<String, Long> SLACK = Map.of(
            "heap after collection, KiB", 1024L,
            "direct memory, KiB", 2048L,
            "handles", 12L,
            "connections", 12L,
            "threads", 3L,
            "Redis: memory, KiB", 1024L,
            "Redis: keys", 50L,
            "Redis: connections", 2L);

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Gateways gateways = new Gateways();

    @TempDir
    Path folder;

    private final Growth growth = new Growth(SLACK);
    private Scenario scenario;
    private Vitals vitals;

    private volatile boolean isHeld; // read by producers

    @BeforeEach
    void open() {
        if (!Files.exists(Path.of("/proc/self/fd"))) {
            throw LeftOut.because("the kernel does not say what a process holds: no /proc");
        }
        Map<String, String> settings = Gateways.settings(REDIS.uri());
        settings.put("SLUICE_JOURNAL_CLAIM_AFTER", "15s");
        settings.put("SLUICE_DELIVERY_PARKING_LEASE", "60s");
        settings.put("SLUICE_DELIVERY_TIMEOUT", "15s");
        // So that nothing that is kept for a while is taken for growth.
        settings.put("SLUICE_JOURNAL_RETENTION", "1s");
        settings.put("SLUICE_JOURNAL_IDEMPOTENCY_WINDOW", "1s");
        settings.put("SLUICE_DELIVERY_ATTEMPTS_PER_WEBHOOK", "100");
        scenario = new Scenario(gateways, settings, 20, true);
        vitals = new Vitals(folder);
        List<String> command = PodClasses.command(Vitals.OPTION);
        for (int i = 0; i < 2; i++) {
            scenario.pods.add(gateways.launch(command, settings));
        }
        scenario.pods.forEach(pod -> pod.awaitReady());
    }

    @AfterEach
    void close() {
        if (scenario != null) {
            scenario.close();
        }
    }

    @Test
    void nothingGrowsIsLostOrComesTwiceUnderSteadyAndBurstyLoad() {
        String free = scenario.createWebhook("free");
        String keyed = scenario.createWebhook("keyed", new JsonObject().put("ordering", "key"));
        scenario.receiver.refusedShare = 0.02;
        scenario.receiver.delayMillis = 10;
        long since = System.nanoTime();
        scenario.producers.isFarAhead = () -> isAhead(System.nanoTime() - since);
        scenario.producers.start(PRODUCERS);
        while (System.nanoTime() - since < TIME.toNanos()) {
            scenario.goOnFor(BETWEEN_SAMPLES);
            isHeld = true;
            await().atMost(Scenario.CATCHING_UP).until(this::isAllDelivered);
            scenario.goOnFor(REST);
            sample();
            isHeld = false;
        }
        scenario.stopProducers();
        scenario.expectEverythingAccepted("soak of " + TIME, "free", "keyed");
        growth.print();
        assertThat(growth.growing()).isEmpty();
        if (scenario.pods.stream().noneMatch(SoakChaosTest::stoodStill)) {
            assertThat(scenario.receiver.inboxes())
                    .extracting(Receiver.Inbox::repeated)
                    .containsOnly(0);
        }
        Quiet.awaitAll(scenario, script -> REDIS.command("EVAL", script, "0"));
        scenario.call(HttpMethod.DELETE, scenario.pods.get(0).url() + "/v1/webhooks/" + free, new JsonObject());
        scenario.call(HttpMethod.DELETE, scenario.pods.get(0).url() + "/v1/webhooks/" + keyed, new JsonObject());
        await().atMost(Scenario.CATCHING_UP)
                .untilAsserted(() -> assertThat(unowned("for good")).isEmpty());
    }

    /** Which is as a death to others: what it had in hand may come twice. A machine that is busy with other things does that. */
    private static boolean stoodStill(GatewayProcess pod) {
        return STOOD_STILL.stream().anyMatch(pod.log()::contains);
    }

    /** In a turn of bursts what is due in a quarter of it comes at once. */
    private boolean isAhead(long nanos) {
        double seconds = nanos / 1e9;
        boolean isBursty = (long) seconds / TURN_SECONDS % 2 == 1;
        double due = isBursty ? Math.floor(seconds / BURST_SECONDS) * BURST_SECONDS : seconds;
        int accepted = scenario.producers.accepted.size();
        return isHeld
                || accepted >= due * EVENTS_A_SECOND
                || accepted > scenario.receiver.inbox("free").taken.size() + MOST_UNDER_WAY;
    }

    private boolean isAllDelivered() {
        int accepted = scenario.producers.accepted.size();
        return scenario.producers.resting.get() == PRODUCERS
                && scenario.receiver.inboxes().stream().allMatch(inbox -> inbox.taken.size() == accepted);
    }

    /** While nothing is under way: what is, differs by what else the machine does. */
    private void sample() {
        Map<String, Long> all = new HashMap<>();
        scenario.pods.forEach(pod -> vitals.of(pod.pid()).forEach((name, value) -> all.merge(name, value, Long::sum)));
        all.put("Redis: memory, KiB", info("memory", "used_memory:(%d+)") / 1024);
        all.put("Redis: connections", info("clients", "connected_clients:(%d+)"));
        all.put("Redis: keys", number("DBSIZE"));
        growth.sample(new TreeMap<>(all));
    }

    private static long info(String section, String pattern) {
        String script = "return tonumber(string.match(redis.call('INFO', '%s'), '%s'))";
        return number("EVAL", script.formatted(section, pattern), "0");
    }

    private static long number(String... words) {
        return Long.parseLong(REDIS.command(words).substring(1));
    }

    private static List<String> unowned(String section) {
        return KeySweep.unowned(section, KeySweep.keys(script -> REDIS.command("EVAL", script, "0")));
    }
}
