package dev.sluice.bench.trial;

import dev.sluice.bench.lab.BenchFailed;
import dev.sluice.bench.lab.Party;
import dev.sluice.bench.worker.Latency;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One measurement of a scenario.
 *
 * @param name the row it belongs to
 * @param count how many deliveries it was for; of a floor, how many of what it does
 * @param cpu of each process that took part
 * @param latency by what it is the latency of; only of runs at a fixed rate, which count from when an event was due
 * @param figures whatever else was counted, by name
 */
public record Sample(
        String name,
        long count,
        Duration elapsed,
        Map<Party, Duration> cpu,
        Map<String, Latency> latency,
        Map<String, Double> figures) {
    public Sample {
        if (count <= 0) {
            throw new BenchFailed(name + ": nothing was done");
        }
    }

    /** A floor: latency is not the question. */
    public static Sample floor(String name, long count, Duration elapsed, Map<Party, Duration> cpu) {
        return new Sample(name, count, elapsed, cpu, Map.of(), Map.of());
    }

    public Sample with(Figure figure, double value) {
        Map<String, Double> more = new LinkedHashMap<>(figures);
        more.put(figure.key(), value);
        return new Sample(name, count, elapsed, cpu, latency, more);
    }

    public Sample with(Map<String, Latency> latencies) {
        return new Sample(name, count, elapsed, cpu, latencies, figures);
    }

    public Sample with(Figure figure, long value) {
        return with(figure, (double) value);
    }

    public double perSecond() {
        return count / seconds(elapsed);
    }

    /** CPU time of each in microseconds; 0 for a process that took no part. */
    public double cpuMicros(Party party) {
        return seconds(cpu.getOrDefault(party, Duration.ZERO)) * 1e6 / count;
    }

    /** How many processors the process kept busy. */
    public double processors(Party party) {
        return seconds(cpu.getOrDefault(party, Duration.ZERO)) / seconds(elapsed);
    }

    /** 0 if it was not counted. */
    public double figure(Figure figure) {
        return figures.getOrDefault(figure.key(), 0.0);
    }

    /** In milliseconds. */
    public double p99(String of) {
        return latency.getOrDefault(of, Latency.NONE).p99() / 1e3;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
