package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Memory;
import dev.sluice.bench.lab.Party;
import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.trial.Figure;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import java.util.List;

/**
 * A backlog behind a dead endpoint costs the others nothing: one webhook under load, first with nothing parked for
 * another, then with very much, in the same round.
 */
final class Parked implements Scenario {
    private static final String BEFORE = "1 event to 1 webhook, nothing parked";
    private static final String TYPE = "bench.alive";

    private final Rig rig;
    private final int many;
    private final Workload alive = Rig.single(TYPE);
    private final DeadEndpoint dead;
    private final String after;

    Parked(Rig rig) {
        this.rig = rig;
        this.many = rig.form().parked();
        this.after = "1 event to 1 webhook, %,d parked for another".formatted(many);
        this.dead = new DeadEndpoint(rig, "bench.dead");
        rig.gateway().createWebhook(Rig.webhook(TYPE, rig.receiver().url()));
    }

    @Override
    public void warmUp() {
        rig.trial().warmUp(alive);
    }

    @Override
    public List<Sample> measure() {
        Sample calm = weighed(rig.trial().saturated(BEFORE, alive));
        dead.create();
        dead.parkUpTo(many);
        Sample parked = weighed(rig.trial().saturated(after, alive)).with(Figure.PARKED, dead.parked());
        dead.delete();
        return List.of(calm, parked);
    }

    private Sample weighed(Sample sample) {
        return sample.with(Figure.REDIS_MB, rig.redis().usedMb())
                .with(Figure.LIVE_HEAP_MB, Memory.liveHeapMb(rig.gateway().child()));
    }

    @Override
    public List<Finding> findings(Results results) {
        return List.of(
                Finding.of(
                        "gateway CPU per delivery, %,d parked for another / none".formatted(many),
                        results.ratios(after, BEFORE, sample -> sample.cpuMicros(Party.SUBJECT))),
                Finding.of("  Redis CPU", results.ratios(after, BEFORE, sample -> sample.cpuMicros(Party.REDIS))),
                Finding.of(
                        "  MB of live heap / none parked",
                        results.ratios(after, BEFORE, sample -> sample.figure(Figure.LIVE_HEAP_MB))));
    }
}
