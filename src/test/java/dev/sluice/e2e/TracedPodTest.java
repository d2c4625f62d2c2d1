package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.RedisServer;
import dev.sluice.testing.TraceReceiver;
import dev.sluice.testing.TraceReceiver.Seen;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a receiver of OpenTelemetry sees of events that go through a pod, and what of it reaches their endpoints. */
@Timeout(180)
class TracedPodTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PRODUCER = "00f067aa0ba902b7";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PROMETHEUS_ACCEPTS =
            "application/openmetrics-text;version=1.0.0;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,"
                    + "text/plain;version=1.0.0;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2";
    private static final long MILLI = 1_000_000;

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    private static final TraceReceiver TRACES = new TraceReceiver();

    @RegisterExtension
    final TestPod pod = TestPod.on(
            REDIS,
            "SLUICE_TRACING_URL",
            TRACES.url(),
            "SLUICE_TRACING_SHARE",
            "1",
            "SLUICE_TRACING_AUTHORIZATION",
            "Bearer of-the-receiver",
            "SLUICE_DELIVERY_RETRY_DELAYS",
            "100ms");

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @AfterEach
    void work() {
        TRACES.answers(200);
    }

    @AfterAll
    static void end() {
        TRACES.close();
    }

    private String webhook(String type, String url) {
        return pod.webhook(new JsonObject().put("url", url).put("eventTypes", new JsonArray().add(type)))
                .getString("id");
    }

    private void send(String type, String trace, String flags) {
        Rest.Answer answer = pod.api()
                .post(
                        "/v1/events",
                        "application/json",
                        new JsonObject().put("type", type).put("data", "x").encode(),
                        "traceparent",
                        "00-" + trace + "-" + PRODUCER + "-" + flags,
                        "tracestate",
                        "vendor=a");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    }

    private static String traceOf(Receiver.Received received) {
        return received.header("traceparent").substring(3, 35);
    }

    @Test
    void goesOnFromTheProducerThroughIngestFanoutAndTheAttemptToTheEndpoint() {
        String webhook = webhook("whole.*", receiver.url());
        send("whole.one", TRACE, "01");
        Receiver.Received received = receiver.take();
        Seen attempt = TRACES.await(TRACE, "attempt");
        Seen fanout = TRACES.await(TRACE, "fanout");
        Seen ingest = TRACES.await(TRACE, "ingest");

        assertThat(ingest.parent()).isEqualTo(PRODUCER);
        assertThat(fanout.parent()).isEqualTo(ingest.id());
        assertThat(attempt.parent()).isEqualTo(fanout.id());
        assertThat(received.header("traceparent")).isEqualTo("00-" + TRACE + "-" + attempt.id() + "-01");
        assertThat(received.header("tracestate")).isEqualTo("vendor=a").isEqualTo(attempt.state());
        assertThat(ingest.said())
                .containsEntry("sluice.event.type", "whole.one")
                .containsEntry("sluice.event.id", received.header("webhook-id"));
        assertThat(fanout.said()).containsEntry("sluice.webhooks", 1L);
        assertThat(attempt.said())
                .containsEntry("sluice.webhook.id", webhook)
                .containsEntry("sluice.attempt.number", 1L)
                .containsEntry("server.address", "127.0.0.1")
                .containsEntry("http.response.status_code", 204L);
        assertThat(List.of(ingest.kind(), fanout.kind(), attempt.kind())).containsExactly(2L, 1L, 3L);
        assertThat(attempt.of())
                .containsEntry("service.name", "sluice")
                .containsKeys("service.version", "service.instance.id");
        for (Seen span : List.of(ingest, fanout, attempt)) {
            assertThat(span.end()).isGreaterThanOrEqualTo(span.start());
            assertThat(span.failed()).isFalse();
        }
    }

    @Test
    void isTheExampleOfItsTimesInOpenMetricsAndPlainTextShowsTheSameSeriesWithoutIt() {
        webhook("exemplary.*", receiver.url());
        pod.accept("exemplary.one", 1);
        String trace = traceOf(receiver.take());
        pod.awaitQuiet();
        Rest.Answer open = pod.management().send("GET", "/metrics", null, new byte[0], "accept", PROMETHEUS_ACCEPTS);
        assertThat(open.header("content-type")).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(open.text().lines())
                .anyMatch(line -> line.startsWith("sluice_delivered_delay_seconds_bucket") && line.contains(trace))
                .anyMatch(line -> line.startsWith("sluice_first_attempt_delay_seconds_bucket") && line.contains(trace))
                .endsWith("# EOF");
        String plain = pod.management().get("/metrics").text();
        assertThat(plain).doesNotContain(trace);
        assertThat(series(open.text())).containsAll(series(plain));
    }

    /** Names and labels of all lines. */
    private static Set<String> series(String page) {
        return page.lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("vertx_"))
                .map(line -> line.substring(
                        0, line.lastIndexOf(' ', line.concat(" # ").indexOf(" # ") - 1)))
                .collect(Collectors.toSet());
    }

    @Test
    void hasASpanForEachPartOfAnAttemptBelowIt() {
        webhook("parts.*", receiver.url("/parts"));
        send("parts.one", "5bf92f3577b34da6a3ce929d0e0e4737", "01");
        String trace = traceOf(receiver.take());
        Seen attempt = TRACES.await(trace, "attempt");
        Seen connect = TRACES.await(trace, "connect");
        Seen firstByte = TRACES.await(trace, "first byte");
        assertThat(List.of(connect.parent(), firstByte.parent())).containsOnly(attempt.id());
        assertThat(connect.start()).isBetween(attempt.start(), attempt.end());
        assertThat(firstByte.start()).isGreaterThanOrEqualTo(connect.end());
        assertThat(firstByte.end()).isLessThanOrEqualTo(attempt.end() + MILLI);
    }

    @Test
    void hasASpanForEachAttemptAndSaysOfEachWhatCameOfIt() {
        receiver.answersBy(request -> request.header("sluice-attempt").equals("1") ? 500 : 204);
        webhook("twice.*", receiver.url("/twice"));
        send("twice.one", "6bf92f3577b34da6a3ce929d0e0e4738", "01");
        String trace = traceOf(receiver.take());
        Seen failed = TRACES.await(span -> span.trace().equals(trace)
                && span.name().equals("attempt")
                && span.said().get("sluice.attempt.number").equals(1L));
        Seen delivered = TRACES.await(span -> span.trace().equals(trace)
                && span.name().equals("attempt")
                && span.said().get("sluice.attempt.number").equals(2L));
        assertThat(failed.failed()).isTrue();
        assertThat(failed.said()).containsEntry("error.type", "500");
        assertThat(delivered.failed()).isFalse();
        assertThat(delivered.id()).isNotEqualTo(failed.id());
        assertThat(delivered.parent()).isEqualTo(failed.parent());
    }

    @Test
    void beginsAtIngestWhereTheProducerSendsNone() {
        webhook("alone.*", receiver.url());
        String event = pod.accept("alone.one", 1);
        Seen ingest = TRACES.await(
                span -> span.name().equals("ingest") && event.equals(span.said().get("sluice.event.id")));
        assertThat(ingest.parent()).isEmpty();
        assertThat(traceOf(receiver.take())).isEqualTo(ingest.trace());
    }

    @Test
    void isPassedOnAsItCameWhereTheProducerDoesNotSampleIt() {
        String trace = "7bf92f3577b34da6a3ce929d0e0e4739";
        webhook("unsampled.*", receiver.url());
        send("unsampled.one", trace, "00");
        assertThat(receiver.take().header("traceparent")).isEqualTo("00-" + trace + "-" + PRODUCER + "-00");
        send("unsampled.two", "8bf92f3577b34da6a3ce929d0e0e4730", "01");
        TRACES.await("8bf92f3577b34da6a3ce929d0e0e4730", "attempt");
        assertThat(TRACES.spans()).noneMatch(span -> span.trace().equals(trace));
    }

    @Test
    void waitsForAReceiverThatIsAwayAndKeepsNoDeliveryBack() {
        String trace = "9bf92f3577b34da6a3ce929d0e0e4731";
        TRACES.answers(503);
        int before = TRACES.asked().size();
        webhook("away.*", receiver.url());
        send("away.one", trace, "01");
        assertThat(traceOf(receiver.take())).isEqualTo(trace);
        await().atMost(PATIENCE).until(() -> TRACES.asked().size() > before + 1);
        assertThat(TRACES.spans()).noneMatch(span -> span.trace().equals(trace));
        TRACES.answers(200);
        TRACES.await(trace, "attempt");
        await().atMost(PATIENCE).until(() -> pod.metrics().of("sluice_spans_total{fate=\"exported\"}") > 0);
        assertThat(pod.metrics().of("sluice_faults_total{what=\"export traces\"}"))
                .isPositive();
    }

    @Test
    void isDroppedAndCountedWhereTheReceiverWillNotHaveIt() {
        TRACES.answers(400);
        pod.accept("refused.one", 1);
        await().atMost(PATIENCE).until(() -> pod.metrics().of("sluice_spans_total{fate=\"dropped\"}") > 0);
        TRACES.answers(200);
        String next = pod.accept("refused.two", 1);
        TRACES.await(span -> next.equals(span.said().get("sluice.event.id")));
    }

    @Test
    void isExportedBeforeAPodEnds() {
        TRACES.answers(503);
        String event = pod.accept("ending.one", 1);
        TRACES.answers(200);
        pod.close();
        assertThat(TRACES.spans())
                .anyMatch(span ->
                        span.name().equals("ingest") && event.equals(span.said().get("sluice.event.id")));
    }

    @Test
    void holdsNeitherDataNorSecretsAndTheKeyOfTheReceiverStandsInItsHeaderAlone() {
        JsonObject secretive = new JsonObject()
                .put("url", receiver.url("/path-secret") + "?query-secret=1")
                .put("eventTypes", new JsonArray().add("hidden.*"))
                .put(
                        "headers",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("name", "X-Token")
                                        .put("value", "header-secret")
                                        .put("secret", true)));
        pod.webhook(secretive);
        String event = pod.accept("hidden.one", "data-secret");
        receiver.take();
        TRACES.await(span ->
                span.name().equals("attempt") && event.equals(span.said().get("sluice.event.id")));
        assertThat(TRACES.everything())
                .contains("hidden.one")
                .doesNotContain("path-secret", "query-secret", "header-secret", "data-secret", "of-the-receiver");
        assertThat(TRACES.asked()).allSatisfy(asked -> {
            assertThat(asked.path()).isEqualTo("/v1/traces");
            assertThat(asked.headers().get("Authorization")).containsExactly("Bearer of-the-receiver");
            assertThat(asked.headers().get("Content-type")).containsExactly("application/x-protobuf");
        });
    }
}
