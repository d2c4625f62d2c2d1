package dev.sluice.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Event;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trace of an event goes on at its receiver, if it is one. */
class TraceHeadersTest extends HeadersHarness {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nx: y"
            })
    void doesNotForwardATraceParentThatIsNone(String trace) {
        Event event = SendingHarness.event("application/json", Buffer.buffer("1"), null, "traceparent", trace);
        harness.send(event, Webhooks.at(endpoint.url()), 1);
        assertThat(endpoint.request().headers("traceparent")).isEmpty();
    }

    @Test
    void forwardsTheStateOfATraceThatIsOneAndNothingElseOfIt() {
        send("traceparent", TRACE, "tracestate", "vendor=a,other=b");
        assertThat(endpoint.request().header("tracestate")).isEqualTo("vendor=a,other=b");
    }

    @Test
    void forwardsNoStateWithoutATrace() {
        send("traceparent", "none", "tracestate", "vendor=a");
        assertThat(endpoint.request().headers("tracestate")).isEmpty();
    }

    private void send(String... attributes) {
        Event event = SendingHarness.event("application/json", Buffer.buffer("1"), null, attributes);
        harness.send(event, Webhooks.at(endpoint.url()), 1);
    }
}
