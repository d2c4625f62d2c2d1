package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Gateway;
import dev.sluice.bench.lab.Party;
import dev.sluice.bench.lab.RedisServer;
import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import dev.sluice.bench.trial.Trial;
import java.util.List;
import java.util.Map;

/** What it costs to keep every attempt for people to look at: beside a gateway of its own, on a Redis of its own, that keeps none. */
final class History implements Scenario {
    private static final String ALL = "1 event to 1 webhook, history all";
    private static final String NONE = "1 event to 1 webhook, history none";
    private static final String TYPE = "bench.history";
    private static final double BUDGET = 1.15;

    private final Workload workload = Rig.single(TYPE);
    private final Trial all;
    private final Trial none;

    History(Rig rig) {
        RedisServer redis = RedisServer.start(rig.lab(), "redis-history-none");
        Gateway gateway = Gateway.start(
                rig.lab(),
                "gateway-history-none",
                rig.options().jar(),
                redis,
                Map.of("SLUICE_DELIVERY_HISTORY", "none"));
        all = rig.trial();
        none = rig.trial().with(gateway, redis);
        List.of(rig.gateway(), gateway)
                .forEach(each ->
                        each.createWebhook(Rig.webhook(TYPE, rig.receiver().url())));
    }

    @Override
    public void warmUp() {
        all.warmUp(workload);
        none.warmUp(workload);
    }

    @Override
    public List<Sample> measure() {
        return List.of(all.saturated(ALL, workload), none.saturated(NONE, workload));
    }

    @Override
    public List<Finding> findings(Results results) {
        return List.of(
                Finding.within(
                        BUDGET,
                        "gateway CPU per delivery, history all / none",
                        results.ratios(ALL, List.of(NONE), Party.SUBJECT)),
                Finding.of(
                        "Redis CPU per delivery, history all / none", results.ratios(ALL, List.of(NONE), Party.REDIS)));
    }
}
