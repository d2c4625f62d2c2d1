package dev.sluice.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.policy.Split;
import dev.sluice.event.EventId;
import dev.sluice.testing.LoggedLines;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SpanQueueTest {
    private final AtomicInteger dropped = new AtomicInteger();
    private final SpanQueue queue = new SpanQueue(4, new TraceListener() {
        @Override
        public void dropped(int spans) {
            dropped.addAndGet(spans);
        }
    });

    private void add(int spans) {
        Trace trace = Trace.begunHere(new EventId("evt_1"));
        for (int i = 0; i < spans; i++) {
            queue.add(
                    new Span(new Span.Place(trace, i + 1, 0), Span.Step.INGEST, 0, 0, Map.of(), false, Split.UNKNOWN));
        }
    }

    @Test
    void dropsAndCountsWhatFindsNoRoomAndKeepsWhatWasThere() {
        add(7);
        assertThat(dropped).hasValue(3);
        assertThat(queue.take(10)).extracting(span -> span.place().id()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void saysOnceThatItDropsAndOnceThatItDoesNotAnyMore() {
        try (LoggedLines lines = new LoggedLines(SpanQueue.class)) {
            add(9);
            assertThat(lines.all())
                    .singleElement()
                    .asString()
                    .contains("dropped")
                    .contains("waiting=4");
            queue.take(1);
            add(2);
            assertThat(lines.all()).hasSize(1);
            queue.take(4);
            assertThat(lines.all()).hasSize(2);
            add(5);
            assertThat(lines.all()).hasSize(3);
        }
    }
}
