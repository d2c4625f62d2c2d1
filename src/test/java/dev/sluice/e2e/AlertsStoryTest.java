package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.redis.Keys;
import dev.sluice.testing.AlertRules;
import dev.sluice.testing.Dashboard;
import dev.sluice.testing.GatewayProcess;
import dev.sluice.testing.Gateways;
import dev.sluice.testing.PrometheusServer;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.Tool;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real pods, a real Prometheus, and faults that are made for each alert: it fires, and ends when its cause does. All times of
 * the rules are shorter by a factor, {@code sluice.alerts.faster}, 120 by default; with 10 the story takes some minutes. Left
 * out, and said so, where there is no Prometheus.
 */
@Timeout(900)
class AlertsStoryTest {
    private static final int FASTER = Integer.getInteger("sluice.alerts.faster", 120);
    /** Longer than between two looks at what waits. */
    private static final int LEAST_WINDOW = 8;

    /** Looks at what lasts for some seconds only. */
    private static final int ROUNDS = 8;

    private static final Duration SOME = Duration.ofSeconds(15);

    /** No fault from outside holds an event loop: {@code LoopWatchTest} and {@code HealthTest} hold one from inside. */
    private static final Set<String> NOT_BY_A_FAULT = Set.of("SluiceEventLoopHangs", "SluiceEventLoopHeld");

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final Gateways gateways = new Gateways();

    @TempDir
    Path folder;

    private final CountDownLatch letGo = new CountDownLatch(1);
    private final Duration patience =
            Duration.ofSeconds(30).plus(Duration.ofHours(1).dividedBy(FASTER));
    private PrometheusServer prometheus;
    private TestPod gate;
    private GatewayProcess courier;

    @BeforeEach
    void open() {
        Tool tool = Tool.find("prometheus");
        AlertRules rules = AlertRules.read()
                .faster(FASTER, LEAST_WINDOW)
                .with("state=\"unread\"}) > 30", "state=\"unread\"}) > 2")
                .with("sluice_lanes_overdue_seconds) > 30", "sluice_lanes_overdue_seconds) > 2")
                .with("state=\"due\"}) > 10000", "state=\"due\"}) > 10");
        prometheus = new PrometheusServer(tool, folder, rules);
        gate = gate();
        courier = courier();
        scrape(gate.managementUrl(), courier.managementUrl());
        await().atMost(patience).until(() -> prometheus.answers("sluice_pod_state{state=\"serving\"} == 1") == 2);
    }

    @AfterEach
    void close() {
        letGo.countDown();
        if (prometheus != null) {
            prometheus.close();
            gate.close();
        }
    }

    /** Takes events in, and is what people and producers call. */
    private static TestPod gate() {
        return TestPod.start(REDIS.uri(), "SLUICE_RUNTIME_ROLES", "ingest,api", "SLUICE_REDIS_COMMAND_TIMEOUT", "1s");
    }

    /** Delivers; a process of its own, which can stand still. */
    private GatewayProcess courier() {
        Map<String, String> settings = Gateways.settings(REDIS.uri());
        settings.putAll(Map.of(
                "SLUICE_RUNTIME_ROLES", "deliver",
                "SLUICE_SECRETS_KEY", TestPod.SECRETS_KEY,
                "SLUICE_RUNTIME_DRAIN_TIMEOUT", "6s",
                "SLUICE_DELIVERY_TIMEOUT", "30s",
                "SLUICE_DELIVERY_PARKING_LEASE", "60s",
                "SLUICE_DELIVERY_RETRY_DELAYS", String.join(",", Collections.nCopies(30, "1s")),
                "SLUICE_DELIVERY_PARKING_MAX_COUNT", "30",
                "SLUICE_DELIVERY_CIRCUIT_MINIMUM_CALLS", "2",
                "SLUICE_DELIVERY_CIRCUIT_OPEN_FOR", "1s",
                "SLUICE_DELIVERY_CIRCUIT_OPEN_FOR_MAX", "1s"));
        return gateways.launch(settings).awaitReady();
    }

    private void scrape(String... managementUrls) {
        prometheus.scrapes(Arrays.stream(managementUrls)
                .map(url -> url.substring("http://".length()))
                .toList());
    }

    private double ofCourier(String metric) {
        return new Metrics(new Rest(courier.managementUrl()).get("/metrics").text()).of(metric);
    }

    @Test
    void everyAlertFiresByItsCauseAndEndsWithIt() {
        await("all is well").atMost(patience).until(() -> prometheus.firing().isEmpty());
        prometheus.forget();

        endpointsFailAndRecordsCannotBeRead();
        redisIsSlowAndThenAway();
        whoDeliversStandsStill();
        everyPanelOfTheDashboardHasAnAnswer();
        podsEnd();

        Set<String> all = AlertRules.read().alerts().stream()
                .map(AlertRules.Alert::name)
                .filter(name -> !NOT_BY_A_FAULT.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(prometheus.seen()).isEqualTo(all);
        await("all is well again")
                .atMost(patience)
                .until(() -> prometheus.firing().isEmpty());
    }

    private void fires(String... alerts) {
        await().atMost(patience)
                .untilAsserted(() -> assertThat(prometheus.seen()).contains(alerts));
    }

    private void publish(int events, String type) {
        String lines = IntStream.range(0, events)
                .mapToObj(i -> new JsonObject().put("type", type).put("data", i).encode())
                .collect(Collectors.joining("\n"));
        Rest.Answer answer = gate.api().post("/v1/events", "application/x-ndjson", lines);
        assertThat(answer.text().lines()).as(answer.text()).hasSize(events).noneMatch(line -> line.contains("problem"));
    }

    private void webhook(String path, String types) {
        gate.webhook(new JsonObject().put("url", receiver.url(path)).put("eventTypes", JsonArray.of(types)));
    }

    private void endpointsFailAndRecordsCannotBeRead() {
        receiver.answersBy(request -> request.path().equals("/gone") ? 410 : 503);
        webhook("/gone", "order.*");
        for (int i = 0; i < 6; i++) {
            webhook("/" + i, "order.*");
        }
        publish(40, "order.paid"); // more than may be parked for each
        await().atMost(patience).until(() -> ofCourier("sluice_deliveries_parked_total") > 60);
        REDIS.command("HSET", "sluice:{sources}:sources", "next", "{\"name\":\"next\",\"dialect\":\"of the future\"}");
        REDIS.command("SET", "sluice:{sources}:version", "1");
        REDIS.command("DEL", Keys.waiting("q0"));
        REDIS.command("HSET", Keys.waiting("q0"), "what", "somebody else wrote");
        REDIS.command("CONFIG", "SET", "maxmemory", String.valueOf(usedMemory() * 100 / 85));
        fires(
                "SluiceCircuitsOpen",
                "SluiceDeadLetters",
                "SluiceBacklogOverflows",
                "SluiceRecordsUnreadable",
                "SluiceFaults",
                "SluiceRedisFills");
        REDIS.makeRoom();
        REDIS.command("DEL", Keys.waiting("q0"));
        gate.api().delete("/v1/sources/next");
        receiver.answers(204);
    }

    private static long usedMemory() {
        String used = "return redis.call('INFO', 'memory'):match('used_memory:(%d+)') + 0";
        return Long.parseLong(REDIS.command("EVAL", used, "0").substring(1));
    }

    private void redisIsSlowAndThenAway() {
        String busy = "local function now() local t = redis.call('TIME') return t[1] * 1000 + t[2] / 1000 end"
                + " local from = now() repeat until now() - from > 300 return 1";
        await("SluiceRedisSlow").atMost(patience).until(() -> {
            REDIS.command("EVAL", busy, "0");
            return prometheus.seen().contains("SluiceRedisSlow");
        });
        again("SluiceAppendsFail", this::failAnAppend);
        whileRedisStandsStill(() -> await("Redis is away").atMost(patience).until(() -> {
            post();
            return prometheus.seen().containsAll(List.of("SluiceRedisUnfit", "SluiceIngestFails"));
        }));
        awaitTaken();
    }

    /** It fails only while the pod does not know yet that Redis is away. */
    private void failAnAppend() {
        awaitTaken();
        whileRedisStandsStill(this::post);
    }

    private void whileRedisStandsStill(Runnable story) {
        REDIS.suspend();
        try {
            story.run();
        } finally {
            REDIS.resume();
        }
    }

    private int post() {
        return gate.api()
                .post("/v1/events", "application/json", "{\"type\":\"a\"}")
                .status();
    }

    private void awaitTaken() {
        await("events are taken").atMost(patience).until(() -> post() == 202);
    }

    /** What is true for some seconds only: on a machine that has much else to do Prometheus may not look meanwhile. */
    private void again(String alert, Runnable cause) {
        for (int round = 0; round < ROUNDS && !prometheus.seen().contains(alert); round++) {
            cause.run();
            awaitSome(() -> prometheus.seen().contains(alert));
        }
        assertThat(prometheus.seen()).contains(alert);
    }

    private static void awaitSome(BooleanSupplier done) {
        long from = System.nanoTime();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> done.getAsBoolean() || System.nanoTime() - from > SOME.toNanos());
    }

    private void whoDeliversStandsStill() {
        receiver.answers(503);
        publish(20, "order.paid");
        await().atMost(patience).until(() -> ofCourier("sluice_deliveries_held") == 0);
        whileTheCourierStandsStill(() -> {
            publish(2, "order.late");
            fires("SluiceScrapeFails");
        });
        fires("SluiceEventsLate");
        whileTheCourierStandsStill(() -> {
            receiver.answers(204);
            fires("SluiceLanesOverdue", "SluiceDeliveriesPastDue");
        });
    }

    private void whileTheCourierStandsStill(Runnable story) {
        courier.suspend();
        try {
            story.run();
        } finally {
            courier.resume();
        }
    }

    private void everyPanelOfTheDashboardHasAnAnswer() {
        assertThat(Dashboard.queries())
                .isNotEmpty()
                .allSatisfy(query -> assertThat(prometheus.answers(query.replace("$__rate_interval", "30s")))
                        .as(query)
                        .isPositive());
    }

    private void podsEnd() {
        receiver.answersBy(request -> hang());
        again("SluiceDrainForced", this::endTheCourierInTheMiddle);
        letGo.countDown();
        publish(1, "order.late");
        fires("SluiceJournalStalls");
        gate.close();
        fires("SluiceAbsent");
        receiver.answers(204);
        gate = gate();
        courier = courier();
        scrape(gate.managementUrl(), courier.managementUrl());
    }

    private void endTheCourierInTheMiddle() {
        if (!courier.isAlive()) {
            courier = courier();
            scrape(gate.managementUrl(), courier.managementUrl());
        }
        publish(1, "order.hangs");
        await().atMost(patience).until(() -> ofCourier("sluice_attempts_in_flight") > 0);
        courier.terminate();
        courier.exitWithin(patience);
    }

    private int hang() {
        try {
            letGo.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return 204;
    }
}
