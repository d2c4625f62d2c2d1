package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.Tool;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sums that {@code telemetry.Meters} promises, after a bit of everything. */
class MetricsTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    @Test
    void theSumsHoldAfterABitOfEverything() {
        CountDownLatch deleted = new CountDownLatch(1);
        receiver.answersBy(request -> switch (request.path()) {
            case "/gone" -> 410;
            case "/failing" -> 500;
            case "/slow" -> await(deleted);
            default -> 204;
        });
        webhook("fine.*", "/fine", 64);
        webhook("gone.*", "/gone", 64);
        webhook("failing.*", "/failing", 64);
        String slow = webhook("slow.*", "/slow", 1);
        for (int i = 0; i < 10; i++) {
            pod.accept("fine." + i, i);
            pod.accept("nobody." + i, i);
        }
        pod.accept("gone.x", 1);
        pod.accept("failing.x", 1);
        for (int i = 0; i < 5; i++) {
            pod.accept("slow." + i, i);
        }
        awaitPlaced(17);

        pod.api().delete("/v1/webhooks/" + slow);
        Awaitility.await().until(() -> pod.metrics().of("sluice_deliveries_cancelled_total") == 4);
        deleted.countDown();
        awaitPlacedAndClaimed(18);
        pod.awaitQuiet();

        Metrics metrics = pod.metrics();
        assertThat(metrics.of("sluice_events_accepted_total")).isEqualTo(27);
        int told = 3; // two dead letters, and a webhook that is gone
        assertThat(metrics.of("sluice_events_unmatched_total")).isEqualTo(10 + told);
        assertThat(metrics.of("sluice_deliveries_delivered_total")).isEqualTo(11);
        assertThat(metrics.of("sluice_deliveries_parked_total")).isEqualTo(1);
        assertThat(metrics.of("sluice_deliveries_dead_total")).isEqualTo(2);
        assertThat(metrics.of("sluice_deliveries_cancelled_total")).isEqualTo(4);
        assertThat(metrics.of("sluice_attempts_total")).isEqualTo(14);
        assertThat(metrics.of("sluice_attempts_in_flight")).isZero();
        theSumsHold();
    }

    @Test
    void showsWhatMemoryThereIsForEachPurposeAndHowMuchIsTaken() {
        Metrics metrics = pod.metrics();
        for (String purpose : List.of("ingest", "window", "parked", "wire", "answers", "transformations")) {
            String label = "{purpose=\"" + purpose + "\"}";
            assertThat(metrics.of("sluice_memory_limit_bytes" + label)).isGreaterThan(1 << 20);
            assertThat(metrics.of("sluice_memory_short" + label)).isZero();
        }
    }

    @Test
    void noMetricOfSluiceIsLabelledByAnythingUnbounded() {
        webhook("**", "/fine", 64);
        pod.accept(new JsonObject().put("type", "a").put("tenant", "default"));
        receiver.take();
        pod.api().post("/v1/events", "application/json", "{");
        pod.awaitQuiet();

        assertThat(pod.metrics().labels("sluice_"))
                .isSubsetOf(
                        "outcome",
                        "reason",
                        "state",
                        "type",
                        "trouble",
                        "what",
                        "kind",
                        "le",
                        "purpose",
                        "from",
                        "loop",
                        "version",
                        "said",
                        "listener");
        assertThat(pod.metrics().of("sluice_requests_refused_total")).isEqualTo(1);
    }

    /** Names and units are those that Prometheus expects. Left out, and said so, where there is no promtool. */
    @Test
    void promtoolHasNothingToSayOfTheMetrics() throws Exception {
        Tool promtool = Tool.find("promtool");
        receiver.answersBy(request -> request.path().equals("/fine") ? 204 : 503);
        webhook("**", "/fine", 64);
        webhook("**", "/failing", 64);
        pod.accept("a", 1);
        receiver.take();
        pod.api().post("/v1/events", "application/json", "{");
        pod.awaitQuiet();
        Path page = Files.createTempFile("metrics", ".txt");
        try {
            Files.writeString(page, pod.management().get("/metrics").text());
            assertThat(promtool.run(page, "check", "metrics").output()).isEmpty();
        } finally {
            Files.delete(page);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MADEUP%d / HTTP/1.1|Host: localhost",
                "MADEUP%d /v1/events HTTP/1.1|Host: localhost",
                "GET /made/up/%d HTTP/1.1|Host: localhost",
                "GET /v1/webhooks/wh_%d HTTP/1.1|Host: localhost",
                "GET /v1/webhooks?tenant=t%d HTTP/1.1|Host: localhost",
                "POST /v1/sources/made-up-%d/events HTTP/1.1|Host: localhost|Content-Length: 0",
                "GET /console/%d HTTP/1.1|Host: localhost",
                "GET / HTTP/1.1|Host: made-up-%d",
                "GET / HTTP/1.1|Host: localhost|User-Agent: made-up-%d",
            })
    void noMetricIsLabelledByWhatAClientMadeUp(String head) {
        int before = pod.metrics().size();

        int requests = 60; // more than one kind of request has lines of its own
        for (int i = 0; i < requests; i++) {
            request(head, i);
        }

        assertThat(pod.metrics().size()).isLessThan(before + requests);
    }

    private void request(String head, int i) {
        try (RawHttp http = pod.connect()) {
            http.send(head.formatted(i).replace("|", "\r\n") + "\r\n\r\n").readHead();
        }
    }

    /** The journal is measured every few seconds. */
    private void theSumsHold() {
        Awaitility.await().untilAsserted(() -> {
            Metrics now = pod.metrics();
            assertThat(now.of("sluice_events_appended_total"))
                    .isEqualTo(now.sum(
                            "sluice_events_unmatched_total",
                            "sluice_events_settled_total",
                            "sluice_journal_pending_events"));
        });
        Metrics now = pod.metrics();
        assertThat(now.sum("sluice_deliveries_placed_total", "sluice_deliveries_claimed_total"))
                .isEqualTo(now.sum(
                        "sluice_deliveries_delivered_total",
                        "sluice_deliveries_parked_total",
                        "sluice_deliveries_dead_total",
                        "sluice_deliveries_cancelled_total",
                        "sluice_deliveries_forgotten_total",
                        "sluice_deliveries_held"));
        assertThat(now.of("sluice_deliveries_placed_total")).isEqualTo(now.of("sluice_deliveries_matched_total"));
    }

    private String webhook(String pattern, String path, int maxInFlight) {
        return pod.webhook(new JsonObject()
                        .put("url", receiver.url(path))
                        .put("eventTypes", JsonArray.of(pattern))
                        .put("maxInFlight", maxInFlight)
                        .put(
                                "retry",
                                new JsonObject()
                                        .put("delaysMs", JsonArray.of(1000))
                                        .put("jitter", 0)))
                .getString("id");
    }

    private void awaitPlaced(int count) {
        Awaitility.await().until(() -> pod.metrics().of("sluice_deliveries_placed_total") == count);
    }

    private void awaitPlacedAndClaimed(int count) {
        Awaitility.await()
                .until(() -> pod.metrics().sum("sluice_deliveries_placed_total", "sluice_deliveries_claimed_total")
                        == count);
    }

    private static int await(CountDownLatch latch) {
        try {
            latch.await();
            return 204;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 500;
        }
    }
}
