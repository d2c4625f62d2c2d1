package dev.sluice.bench;

import dev.sluice.bench.worker.Latency;
import java.time.Duration;
import java.util.Map;

/**
 * One measurement of a scenario.
 *
 * @param name the row it belongs to
 * @param events how many it was for
 * @param cpu of each process that took part
 * @param latency by what it is the latency of; empty where none was measured
 * @param backlog events accepted and not yet delivered when the load ended
 * @param unsent events that were due and could not be sent at all, since no connection became free
 */
record Sample(
        String name,
        long events,
        Duration elapsed,
        Map<Party, Duration> cpu,
        Map<String, Latency> latency,
        long backlog,
        long unsent) {
    Sample {
        if (events <= 0) {
            throw new BenchFailed(name + ": nothing was done");
        }
    }

    /** A floor: no backlog, and latency is not the question. */
    static Sample floor(String name, long events, Duration elapsed, Map<Party, Duration> cpu) {
        return new Sample(name, events, elapsed, cpu, Map.of(), 0, 0);
    }

    double perSecond() {
        return events / seconds(elapsed);
    }

    /** CPU time an event in microseconds; 0 for a process that took no part. */
    double cpuMicros(Party party) {
        return seconds(cpu.getOrDefault(party, Duration.ZERO)) * 1e6 / events;
    }

    /** How many processors the process kept busy. */
    double processors(Party party) {
        return seconds(cpu.getOrDefault(party, Duration.ZERO)) / seconds(elapsed);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
