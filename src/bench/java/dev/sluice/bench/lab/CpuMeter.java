package dev.sluice.bench.lab;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The CPU time that processes use from its start to its reading. */
public final class CpuMeter {
    private final Map<Party, Child> children;
    private final Map<Party, Duration> before;

    private CpuMeter(Map<Party, Child> children) {
        this.children = children;
        this.before = cpu(children);
    }

    public static CpuMeter start(Map<Party, Child> children) {
        return new CpuMeter(new EnumMap<>(children));
    }

    public Map<Party, Duration> read() {
        Map<Party, Duration> used = cpu(children);
        used.replaceAll((party, now) -> now.minus(before.getOrDefault(party, Duration.ZERO)));
        return used;
    }

    private static Map<Party, Duration> cpu(Map<Party, Child> children) {
        Map<Party, Duration> cpu = new EnumMap<>(Party.class);
        children.forEach((party, child) -> cpu.put(party, child.cpu()));
        return cpu;
    }
}
