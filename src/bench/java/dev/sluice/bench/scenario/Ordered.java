package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import java.util.List;

/** Events with a partition key, to a webhook that wants those of a key in order; {@code Ledger} holds that they are. */
final class Ordered implements Scenario {
    private static final String NAME = "1 event to 1 webhook, 1,024 keys in order";
    private static final String TYPE = "bench.ordered";

    /** On 64 connections. */
    private static final int KEYS_PER_CONNECTION = 16;

    private final Stint stint;

    Ordered(Rig rig) {
        Workload single = Rig.single(TYPE);
        Workload keyed = Workload.of(single.events().withKeys(KEYS_PER_CONNECTION), single.connections());
        this.stint = new Stint(rig, keyed.inOrder());
        rig.gateway().createWebhook(Rig.webhook(TYPE, rig.receiver().url()).put("ordering", "key"));
    }

    @Override
    public void warmUp() {
        stint.warmUp();
    }

    @Override
    public List<Sample> measure() {
        return List.of(stint.measure(NAME));
    }
}
