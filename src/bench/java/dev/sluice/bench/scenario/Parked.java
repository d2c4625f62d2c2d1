package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Memory;
import dev.sluice.bench.lab.Party;
import dev.sluice.bench.lab.Ports;
import dev.sluice.bench.lab.Wait;
import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.trial.Figure;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import dev.sluice.bench.worker.EventSpec;
import java.time.Duration;
import java.util.List;

/**
 * A backlog behind a dead endpoint costs the others nothing: one webhook under load, first with nothing parked for
 * another, then with very much, in the same round.
 */
final class Parked implements Scenario {
    private static final String BEFORE = "1 event to 1 webhook, nothing parked";
    private static final String TYPE = "bench.alive";
    private static final String DEAD = "bench.dead";

    /** Small, so that a million of them fit the memory of a usual machine. */
    private static final int BYTES = 256;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Rig rig;
    private final int many;
    private final Workload alive = Rig.single(TYPE);
    private final Workload dead;
    private final String after;

    Parked(Rig rig) {
        this.rig = rig;
        this.many = rig.form().parked();
        this.after = "1 event to 1 webhook, %,d parked for another".formatted(many);
        // All of it goes elsewhere: to nobody.
        EventSpec batches = EventSpec.single(DEAD, BYTES).in(EventSpec.Format.BATCH, Sent.AT_ONCE);
        this.dead = Workload.of(batches, Sent.STREAMS).withElsewhereEvery(1);
        rig.gateway().createWebhook(Rig.webhook(TYPE, rig.receiver().url()));
    }

    @Override
    public void warmUp() {
        rig.trial().warmUp(alive);
    }

    @Override
    public List<Sample> measure() {
        Sample calm = weighed(rig.trial().saturated(BEFORE, alive));
        long keys = rig.redis().keys();
        String webhook = rig.gateway()
                .createWebhook(Rig.webhook(DEAD, "http://127.0.0.1:%d/dead".formatted(Ports.free())));
        rig.trial().park(dead, webhook, many);
        Sample parked = weighed(rig.trial().saturated(after, alive))
                .with(Figure.PARKED, rig.gateway().parked(webhook));
        rig.gateway().deleteWebhooks(List.of(webhook));
        Wait.until("what was parked is gone", PATIENCE, () -> rig.redis().keys() < keys + many / 100);
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
                Finding.of(
                        "  Redis CPU", results.ratios(after, BEFORE, sample -> sample.cpuMicros(Party.REDIS))),
                Finding.of(
                        "  MB of live heap / none parked",
                        results.ratios(after, BEFORE, sample -> sample.figure(Figure.LIVE_HEAP_MB))));
    }
}
