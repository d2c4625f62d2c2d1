package dev.sluice.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.TracingConfig;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import io.vertx.core.buffer.Buffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final String URL = "http://collector:4318";
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0";

    private static Sampler sampler(double share) {
        return Sampler.of(new TracingConfig(URL, share, null));
    }

    private static Event event(int number, String... attributes) {
        return new Event(
                new EventId("evt_01m7yxqw44%017d".formatted(number)), Attributes.of(attributes), Buffer.buffer(), null);
    }

    private static long chosen(double share) {
        return IntStream.range(0, 10_000)
                .filter(number -> sampler(share).of(event(number)) != null)
                .count();
    }

    @Test
    void takesItsShareOfEventsWithoutATrace() {
        assertThat(chosen(0)).isZero();
        assertThat(chosen(0.01)).isBetween(70L, 130L);
        assertThat(chosen(0.25)).isBetween(2_300L, 2_700L);
        assertThat(chosen(1)).isEqualTo(10_000);
    }

    @Test
    void goesByTheProducersFlagWhereThereIsOne() {
        assertThat(sampler(0).of(event(1, "traceparent", PARENT + "1"))).isNotNull();
        assertThat(sampler(0).of(event(1, "traceparent", PARENT + "3"))).isNotNull();
        assertThat(sampler(1).of(event(1, "traceparent", PARENT + "0"))).isNull();
        assertThat(sampler(1).of(event(1, "traceparent", PARENT + "2"))).isNull();
    }

    @Test
    void takesWhatIsNoTraceForNone() {
        assertThat(sampler(0).of(event(1, "traceparent", "00-x-1"))).isNull();
        assertThat(sampler(1).of(event(1, "traceparent", "00-x-1")).producer()).isZero();
    }

    @Test
    void tracesNothingWhereNoReceiverIsSet() {
        Sampler off = Sampler.of(new TracingConfig(null, 1, null));
        assertThat(off).isSameAs(Sampler.NONE);
        assertThat(off.of(event(1, "traceparent", PARENT + "1"))).isNull();
    }

    @Test
    void makesTheSameIdsInEveryPodAndOthersForEachSpan() {
        Trace trace = sampler(1).of(event(7));
        assertThat(trace).isEqualTo(sampler(1).of(event(7)));
        assertThat(trace.ingest()).isNotEqualTo(trace.fanout());
        assertThat(trace.attempt("wh_1", 1, 5))
                .isNotIn(trace.attempt("wh_2", 1, 5), trace.attempt("wh_1", 2, 5), trace.attempt("wh_1", 1, 6));
        assertThat(trace.traceId())
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(sampler(1).of(event(8)).traceId());
        assertThat(trace.spanId()).matches("[0-9a-f]{16}");
    }

    @Test
    void keepsTheIdsOfTheProducer() {
        Trace trace = sampler(1).of(event(7, "traceparent", PARENT + "1", "tracestate", "a=b"));
        assertThat(trace.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(trace.producer()).isEqualTo(0x00f067aa0ba902b7L);
        assertThat(trace.context(0xbL).parent()).isEqualTo("00-4bf92f3577b34da6a3ce929d0e0e4736-000000000000000b-01");
        assertThat(trace.context(0xbL).state()).isEqualTo("a=b");
    }
}
