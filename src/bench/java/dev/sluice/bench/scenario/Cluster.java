package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Gateway;
import dev.sluice.bench.lab.Party;
import dev.sluice.bench.lab.RedisCluster;
import dev.sluice.bench.lab.RedisServer;
import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import dev.sluice.bench.trial.Trial;
import java.util.List;
import java.util.Map;

/**
 * What it costs a pod that its Redis is a cluster of three masters: one beside a pod on one server, both with as many
 * partitions. As all of them share one machine, it is the pod's CPU that is compared, and not what the servers can do.
 */
final class Cluster implements Scenario {
    private static final String ONE = "1 event to 1 webhook, 8 partitions on one Redis";
    private static final String CLUSTER = "1 event to 1 webhook, 8 partitions on a cluster of three";
    private static final String TYPE = "bench.cluster";
    private static final int MASTERS = 3;
    private static final double BUDGET = 1.15;

    private final Workload workload = Rig.single(TYPE);
    private final Trial one;
    private final Trial cluster;

    Cluster(Rig rig) {
        RedisServer alone = RedisServer.start(rig.lab(), "redis-alone");
        RedisCluster servers = RedisCluster.start(rig.lab(), "redis-cluster", MASTERS);
        one = trial(rig, "gateway-alone", "redis://127.0.0.1:" + alone.port(), alone);
        cluster = trial(rig, "gateway-cluster", servers.uri(), servers.masters().get(0));
    }

    private static Trial trial(Rig rig, String name, String uri, RedisServer redis) {
        Map<String, String> settings = Map.of("SLUICE_REDIS_URI", uri, "SLUICE_JOURNAL_PARTITIONS", "8");
        Gateway gateway = Gateway.start(rig.lab(), name, rig.options().jar(), redis, settings);
        gateway.createWebhook(Rig.webhook(TYPE, rig.receiver().url()));
        return rig.trial().with(gateway, redis);
    }

    @Override
    public void warmUp() {
        one.warmUp(workload);
        cluster.warmUp(workload);
    }

    @Override
    public List<Sample> measure() {
        return List.of(one.saturated(ONE, workload), cluster.saturated(CLUSTER, workload));
    }

    @Override
    public List<Finding> findings(Results results) {
        return List.of(Finding.within(
                BUDGET,
                "gateway CPU per delivery, on a cluster of three / on one Redis",
                results.ratios(CLUSTER, List.of(ONE), Party.SUBJECT)));
    }
}
