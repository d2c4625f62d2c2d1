package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A trace goes on from the producer to the endpoint, in whatever form the event came. */
@Timeout(60)
class TraceTest {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String OTHER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
    private static final String EVENT =
            "{\"type\":\"order.paid\",\"id\":\"%s\",\"source\":\"shop\",\"specversion\":\"1.0\"}";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @BeforeEach
    void subscribe() {
        pod.webhook(new JsonObject().put("url", receiver.url()));
    }

    private Receiver.Received sent(String type, String body, String... headers) {
        Rest.Answer answer = pod.api().post("/v1/events", type, body, headers);
        assertThat(answer.status()).as(answer.text()).isBetween(200, 202);
        return receiver.take();
    }

    @Test
    void ofTheRequestGoesToTheEndpointOfEveryEventInIt() {
        String[] headers = {"traceparent", TRACE, "tracestate", "vendor=a"};
        for (String type : new String[] {"application/json", "application/x-ndjson", "application/cloudevents+json"}) {
            Receiver.Received received = sent(type, EVENT.formatted(type), headers);
            assertThat(received.header("traceparent")).as(type).isEqualTo(TRACE);
            assertThat(received.header("tracestate")).as(type).isEqualTo("vendor=a");
        }
        assertThat(sent(
                                "text/plain",
                                "x",
                                "traceparent",
                                TRACE,
                                "ce-type",
                                "a",
                                "ce-id",
                                "1",
                                "ce-source",
                                "s",
                                "ce-specversion",
                                "1.0")
                        .header("traceparent"))
                .isEqualTo(TRACE);
    }

    @Test
    void ofTheEventComesBeforeThatOfTheRequest() {
        String body =
                new JsonObject(EVENT.formatted("own")).put("traceparent", OTHER).encode();
        Receiver.Received received = sent("application/json", body, "traceparent", TRACE, "tracestate", "vendor=a");
        assertThat(received.header("traceparent")).isEqualTo(OTHER);
        assertThat(received.header("tracestate")).isNull();
    }

    @Test
    void thatIsNoneIsPassedOverAndTheEventTaken() {
        assertThat(sent("application/json", EVENT.formatted("none"), "traceparent", "00-none")
                        .header("traceparent"))
                .isNull();
    }

    @Test
    void ofARepetitionIsAnotherOneAndTheEventTheSame() {
        Rest.Answer first =
                pod.api().post("/v1/events", "application/json", EVENT.formatted("same"), "traceparent", TRACE);
        Rest.Answer second =
                pod.api().post("/v1/events", "application/json", EVENT.formatted("same"), "traceparent", OTHER);
        assertThat(second.json().getString("id")).isEqualTo(first.json().getString("id"));
        assertThat(second.json().getBoolean("duplicate")).isTrue();
        assertThat(receiver.take().header("traceparent")).isEqualTo(TRACE);
    }
}
