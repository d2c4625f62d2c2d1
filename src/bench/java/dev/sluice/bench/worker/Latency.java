package dev.sluice.bench.worker;

import io.vertx.core.json.JsonObject;
import org.HdrHistogram.Histogram;

/** Percentiles of one run in microseconds; of nothing, all are 0. */
public record Latency(long count, long p50, long p90, long p99, long p999, long max) {
    public static final Latency NONE = new Latency(0, 0, 0, 0, 0, 0);

    private static final long HIGHEST_MICROS = 600_000_000L;

    /** Records microseconds up to ten minutes to three digits. */
    static Histogram recorder() {
        return new Histogram(HIGHEST_MICROS, 3);
    }

    /** Takes what is out of range as the nearest value in it: clocks may differ by a microsecond. */
    static void record(Histogram histogram, long micros) {
        histogram.recordValue(Math.max(0, Math.min(HIGHEST_MICROS, micros)));
    }

    static Latency of(Histogram histogram) {
        return new Latency(
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue());
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("count", count)
                .put("p50", p50)
                .put("p90", p90)
                .put("p99", p99)
                .put("p999", p999)
                .put("max", max);
    }

    public static Latency from(JsonObject json) {
        return new Latency(
                json.getLong("count"),
                json.getLong("p50"),
                json.getLong("p90"),
                json.getLong("p99"),
                json.getLong("p999"),
                json.getLong("max"));
    }
}
