package dev.sluice.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Split;
import dev.sluice.event.EventId;
import dev.sluice.testing.TraceReceiver;
import dev.sluice.testing.TraceReceiver.Seen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtlpTest {
    private static final long MILLI = 1_000_000;
    private static final Trace TRACE = Trace.begunHere(new EventId("evt_01m7yxqw4400000001b2p9r"));
    private static final long START = 1_795_260_412_000_000_123L;

    private static Span attempt(Map<String, Object> said, Split parts) {
        Span.Place place = new Span.Place(TRACE, 0xa, TRACE.fanout());
        return new Span(place, Span.Step.ATTEMPT, START, START + 40 * MILLI, said, true, parts);
    }

    private static List<Seen> read(Span... spans) {
        Otlp otlp = new Otlp(Map.of("service.name", "sluice"), "1.2.3");
        return TraceReceiver.spans(otlp.encode(List.of(spans)).getBytes());
    }

    @Test
    void writesASpanAsItIsRead() {
        Seen seen = read(attempt(Map.of("a", "ü", "n", 300L), Split.UNKNOWN)).get(0);
        assertThat(seen.trace()).isEqualTo(TRACE.traceId());
        assertThat(seen.id()).isEqualTo("000000000000000a");
        assertThat(seen.name()).isEqualTo("attempt");
        assertThat(seen.start()).isEqualTo(START);
        assertThat(seen.end()).isEqualTo(START + 40 * MILLI);
        assertThat(seen.failed()).isTrue();
        assertThat(seen.said()).containsExactlyInAnyOrderEntriesOf(Map.of("a", "ü", "n", 300L));
        assertThat(seen.of()).containsEntry("service.name", "sluice");
    }

    @Test
    void tellsTheLookUpTheConnectTheHandshakeTheFirstByteAndTheBodyApart() {
        List<Seen> seen = read(attempt(Map.of(), new Split(2, 3, 5, 20, 7)));
        assertThat(seen)
                .extracting(Seen::name)
                .containsExactly("attempt", "body", "first byte", "tls", "connect", "dns");
        assertThat(seen.subList(1, 6))
                .extracting(Seen::parent)
                .containsOnly(seen.get(0).id());
        assertThat(seen).extracting(Seen::id).doesNotHaveDuplicates();
        assertThat(seen)
                .extracting(span -> (span.end() - span.start()) / MILLI)
                .containsExactly(40L, 7L, 20L, 5L, 3L, 2L);
        for (int i = 2; i < seen.size(); i++) {
            assertThat(seen.get(i).end()).isEqualTo(seen.get(i - 1).start());
        }
    }

    @Test
    void leavesOutThePartsThatAKeptConnectionDoesNotHave() {
        assertThat(read(attempt(Map.of(), new Split(Split.NONE, Split.NONE, Split.NONE, 4, 0))))
                .extracting(Seen::name)
                .containsExactly("attempt", "body", "first byte");
    }

    @Test
    void cutsWhatIsSaidTooLong() {
        assertThat(read(attempt(Map.of("a", "x".repeat(5_000)), Split.UNKNOWN))
                        .get(0)
                        .said())
                .containsEntry("a", "x".repeat(256));
    }
}
