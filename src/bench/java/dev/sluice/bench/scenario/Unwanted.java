package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Party;
import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Options;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import dev.sluice.bench.worker.EventSpec;
import dev.sluice.bench.worker.EventSpec.Format;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Events that no webhook wants: what ingest and journal cost alone. They are read back and acknowledged all the same,
 * which is not ingest, so the floor of that is taken off.
 */
final class Unwanted implements Scenario {
    private static final double BUDGET_MICROS = 4;

    private final Rig rig;
    private final String name;
    private final Workload workload;

    private Unwanted(Rig rig, String how, Format format) {
        this.rig = rig;
        this.name = how + ", to nobody";
        EventSpec events =
                EventSpec.single("bench.unwanted", Options.BODY_BYTES).in(format, Sent.AT_ONCE);
        this.workload = Workload.of(events, Sent.STREAMS).toHooks(0);
    }

    static Unwanted inBatches(Rig rig) {
        return new Unwanted(rig, Sent.BATCH, Format.BATCH);
    }

    static Unwanted inStreams(Rig rig) {
        return new Unwanted(rig, Sent.NDJSON, Format.NDJSON);
    }

    @Override
    public void warmUp() {
        rig.trial().warmUp(workload);
        rig.trial().warmUp(workload); // much of its code no other runs, so none has compiled it
    }

    @Override
    public List<Sample> measure() {
        return List.of(rig.trial().saturated(name, workload));
    }

    @Override
    public List<Finding> findings(Results results) {
        List<Double> costs = results.values(name, sample -> sample.cpuMicros(Party.SUBJECT));
        List<Double> reading = results.sums(List.of(PipelinedRedis.READ), Party.SUBJECT);
        List<Double> ingest = IntStream.range(0, Math.min(costs.size(), reading.size()))
                .mapToObj(round -> costs.get(round) - reading.get(round))
                .toList();
        return List.of(Finding.within(
                BUDGET_MICROS,
                "us of gateway CPU to take in an event %s (reading it back at its floor taken off)".formatted(name),
                ingest));
    }
}
