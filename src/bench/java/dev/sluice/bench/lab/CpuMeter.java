package dev.sluice.bench.lab;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The CPU time that processes use from its start to its reading. */
public final class CpuMeter {
    private final Map<Party, List<Child>> children;
    private final Map<Party, Duration> before;

    private CpuMeter(Map<Party, List<Child>> children) {
        this.children = children;
        this.before = cpu(children);
    }

    public static CpuMeter start(Map<Party, List<Child>> children) {
        return new CpuMeter(new EnumMap<>(children));
    }

    public Map<Party, Duration> read() {
        Map<Party, Duration> used = cpu(children);
        used.replaceAll((party, now) -> now.minus(before.getOrDefault(party, Duration.ZERO)));
        return used;
    }

    private static Map<Party, Duration> cpu(Map<Party, List<Child>> children) {
        Map<Party, Duration> cpu = new EnumMap<>(Party.class);
        children.forEach(
                (party, all) -> cpu.put(party, all.stream().map(Child::cpu).reduce(Duration.ZERO, Duration::plus)));
        return cpu;
    }
}
