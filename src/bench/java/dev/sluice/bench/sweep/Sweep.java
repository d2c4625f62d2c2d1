package dev.sluice.bench.sweep;

import dev.sluice.bench.lab.Memory;
import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.scenario.Stint;
import dev.sluice.bench.trial.Figure;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** {@code -Dbench.sweep=true}: whether a delivery costs the same however much there is of everything. */
public final class Sweep {
    private static final double AT_MOST = 1.05;

    private final Rig rig;
    private final Consumer<String> progress;

    public Sweep(Rig rig, Consumer<String> progress) {
        this.rig = rig;
        this.progress = progress;
    }

    /** @param only the axes to follow; empty: all */
    public List<Curve> run(Set<String> only) {
        return new Axes(rig).chosen(only).stream().map(this::follow).toList();
    }

    public static List<Finding> findings(List<Curve> curves) {
        List<Finding> findings = new ArrayList<>();
        for (Curve curve : curves) {
            String what = "exponent of cost over %s, ".formatted(curve.axis());
            findings.add(Finding.within(AT_MOST, what + "gateway", List.of(curve.gatewayExponent())));
            findings.add(Finding.within(AT_MOST, what + "Redis", List.of(curve.redisExponent())));
        }
        return findings;
    }

    private Curve follow(Axis axis) {
        List<Curve.Point> points = new ArrayList<>();
        for (long size : axis.sizes()) {
            progress.accept("%s: %,d".formatted(axis.name(), size));
            points.add(new Curve.Point(
                    size,
                    measure(
                            "%s %,d".formatted(axis.name(), size),
                            axis.prepare().apply(size))));
        }
        return new Curve(axis.name(), axis.isPerPart(), points);
    }

    /** At least two rounds: the median of one is no median. */
    private List<Sample> measure(String name, Workload workload) {
        Stint stint = new Stint(rig, workload);
        stint.warmUp();
        List<Sample> samples = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            samples.add(stint.measure(name)
                    .with(Figure.LIVE_HEAP_MB, Memory.liveHeapMb(rig.gateway().child()))
                    .with(Figure.REDIS_MB, rig.redis().usedMb()));
        }
        return List.copyOf(samples);
    }
}
