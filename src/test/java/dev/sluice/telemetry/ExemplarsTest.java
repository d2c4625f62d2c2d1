package dev.sluice.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.TracingConfig;
import dev.sluice.delivery.DeliveryListener;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.time.Ticker;
import dev.sluice.trace.Sampler;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ExemplarsTest {
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final Sampler ALL = Sampler.of(new TracingConfig("http://collector", 1, null));
    private static final Event EVENT =
            new Event(new EventId("evt_01m7yxqw4400000001b2p9r"), Attributes.of(), Buffer.buffer(), null);
    private static final List<String> HISTOGRAMS = List.of(
            "sluice_lane_delay_seconds",
            "sluice_first_attempt_delay_seconds",
            "sluice_delivered_delay_seconds",
            "sluice_attempt_duration_seconds");

    private static Telemetry telemetry(Sampler sampler) {
        Telemetry telemetry = new Telemetry(new Heartbeats(1, Ticker.SYSTEM), "1.2.3", sampler);
        DeliveryListener listener = telemetry.delivery();
        listener.arrived(EVENT);
        listener.firstTried(EVENT, false);
        listener.attempted(EVENT, new Answer.Status(204, null, null, "", Duration.ofMillis(3)));
        listener.delivered(EVENT);
        return telemetry;
    }

    private static List<String> exemplars(String page) {
        return page.lines().filter(line -> line.contains(" # {")).toList();
    }

    @Test
    void nameTheTraceAndItsFirstSpanAtEachHistogramOfWhatAnEventTakes() {
        try (Telemetry telemetry = telemetry(ALL)) {
            String trace = Objects.requireNonNull(ALL.of(EVENT)).traceId();
            String span = Objects.requireNonNull(ALL.of(EVENT)).spanId();
            for (String histogram : HISTOGRAMS) {
                assertThat(exemplars(telemetry.scrape(OPEN_METRICS)))
                        .filteredOn(line -> line.startsWith(histogram + "_bucket"))
                        .as(histogram)
                        .singleElement()
                        .asString()
                        .contains("trace_id=\"" + trace + "\"", "span_id=\"" + span + "\"");
            }
            assertThat(exemplars(telemetry.scrape())).isEmpty();
        }
    }

    @Test
    void areNotThereWhereNothingIsTraced() {
        try (Telemetry telemetry = telemetry(Sampler.NONE)) {
            assertThat(telemetry.scrape(OPEN_METRICS)).contains("sluice_delivered_delay_seconds_count 1");
            assertThat(exemplars(telemetry.scrape(OPEN_METRICS))).isEmpty();
        }
    }

    @Test
    void areOfSampledEventsAlone() {
        try (Telemetry telemetry = telemetry(Sampler.of(new TracingConfig("http://collector", 0, null)))) {
            assertThat(exemplars(telemetry.scrape(OPEN_METRICS))).isEmpty();
        }
    }
}
