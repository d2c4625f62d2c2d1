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

/** Many webhooks of many tenants; each event is for one of them, at random, so that no cache helps for long. */
final class ManyTenants implements Scenario {
    private static final String TYPE = "bench.many.###";
    private static final String TENANT = "bench-$$$$";

    /** For 100 000 webhooks. */
    private static final double BUDGET_MB = 100;

    private static final int BUDGETED_WEBHOOKS = 100_000;

    private final Rig rig;
    private final int webhooks;
    private final Workload workload;
    private final String name;
    private final double heapBeforeMb;
    private final double heapIdleMb;

    ManyTenants(Rig rig) {
        this.rig = rig;
        int types = rig.form().types();
        int tenants = rig.form().tenants();
        this.webhooks = types * tenants;
        this.name = "1 event to 1 of %,d webhooks in %,d tenants".formatted(webhooks, tenants);
        Workload single = Rig.single(TYPE);
        this.workload =
                Workload.of(single.events().overTypes(types).atRandomOver(TENANT, tenants), single.connections());
        this.heapBeforeMb = Memory.liveHeapMb(rig.gateway().child());
        rig.load()
                .createWebhooks(
                        rig.gateway().port(),
                        Rig.webhook(TYPE, rig.receiver().url()).put("tenant", TENANT),
                        types,
                        tenants);
        rig.gateway().awaitChange();
        this.heapIdleMb = Memory.liveHeapMb(rig.gateway().child());
    }

    @Override
    public void warmUp() {
        rig.trial().warmUp(workload);
    }

    @Override
    public List<Sample> measure() {
        Sample sample = rig.trial().saturated(name, workload);
        return List.of(
                sample.with(Figure.LIVE_HEAP_MB, Memory.liveHeapMb(rig.gateway().child()))
                        .with(Figure.REDIS_MB, rig.redis().usedMb()));
    }

    @Override
    public List<Finding> findings(Results results) {
        return List.of(
                Finding.of(
                        "gateway CPU per delivery, %,d webhooks / 1".formatted(webhooks),
                        results.ratios(name, OneWebhook.SATURATED, sample -> sample.cpuMicros(Party.SUBJECT))),
                idleHeap(),
                Finding.of(
                        "  MB of live heap that they add, under load, lanes and all",
                        results.values(name, sample -> sample.figure(Figure.LIVE_HEAP_MB) - heapBeforeMb)));
    }

    /** Of few webhooks, the noise would be most of it. */
    private Finding idleHeap() {
        String what = "  MB of live heap that they add, before the first event of their tenants";
        List<Double> values = List.of(heapIdleMb - heapBeforeMb);
        return webhooks == BUDGETED_WEBHOOKS ? Finding.within(BUDGET_MB, what, values) : Finding.of(what, values);
    }
}
