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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a pod costs that is not alone: one, two and four, each number of them on a Redis of its own, with the same load for
 * each pod. The load is a part of what one pod can do, so that four of them have their place on one machine.
 */
final class Pods implements Scenario {
    private static final String TYPE = "bench.pods";
    private static final List<Integer> COUNTS = List.of(1, 2, 4);
    private static final int MASTERS = 3;
    private static final double BUDGET = 1.1;

    /** Of what one pod does when it is alone and has all it can do. */
    private static final int PART = 20;

    /** As few events come as they do at such a rate, a usual run would be too short. */
    private static final int LENGTH = 3;

    private final String where;
    private final Rig rig;
    private final Workload workload = Rig.single(TYPE);
    /** Of each of {@link #COUNTS}. */
    private final List<Trial> trials = new ArrayList<>();

    private double perSecond;

    private Pods(Rig rig, String where) {
        this.rig = rig;
        this.where = where;
    }

    static Pods onOneRedis(Rig rig) {
        Pods pods = new Pods(rig, "one Redis");
        COUNTS.forEach(count -> {
            RedisServer redis = RedisServer.start(rig.lab(), "redis-pods-" + count);
            pods.start(count, "redis://127.0.0.1:" + redis.port(), List.of(redis));
        });
        return pods;
    }

    static Pods onACluster(Rig rig) {
        Pods pods = new Pods(rig, "a cluster of three");
        COUNTS.forEach(count -> {
            RedisCluster cluster = RedisCluster.start(rig.lab(), "redis-pods-" + count, MASTERS);
            pods.start(count, cluster.uri(), cluster.masters());
        });
        return pods;
    }

    private void start(int count, String uri, List<RedisServer> servers) {
        Map<String, String> settings = Map.of("SLUICE_REDIS_URI", uri, "SLUICE_JOURNAL_PARTITIONS", "8");
        List<Gateway> gateways = IntStream.range(0, count)
                .mapToObj(number -> Gateway.start(
                        rig.lab(),
                        "gateway-%d-of-%d".formatted(number + 1, count),
                        rig.options().jar(),
                        servers.get(0),
                        settings))
                .toList();
        gateways.get(0).createWebhook(Rig.webhook(TYPE, rig.receiver().url()));
        trials.add(rig.trial().with(gateways, servers));
    }

    /**
     * As much for each pod: one of four gets a quarter of what comes. Then at the rate of the measurement, at which other
     * code runs than when all is busy: the cost goes on falling for most of a minute, by more than the budget allows.
     */
    @Override
    public void warmUp() {
        for (int i = 0; i < trials.size(); i++) {
            for (int turn = 0; turn < COUNTS.get(i); turn++) {
                trials.get(i).warmUp(workload);
            }
        }
        perSecond = trials.get(0).warmUp(workload).perSecond() / PART;
        for (int i = 0; i < trials.size(); i++) {
            trials.get(i)
                    .atRate(
                            COUNTS.get(i) * perSecond,
                            "warm-up",
                            workload,
                            rig.form().firstWarmUp());
        }
    }

    @Override
    public List<Sample> measure() {
        Duration time = rig.form().time().multipliedBy(LENGTH);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            int count = COUNTS.get(i);
            samples.add(trials.get(i).atRate(count * perSecond, row(count), workload, time));
        }
        return samples;
    }

    private String row(int pods) {
        return "%d pod%s on %s, as much for each".formatted(pods, pods == 1 ? "" : "s", where);
    }

    @Override
    public List<Finding> findings(Results results) {
        return COUNTS.stream()
                .filter(count -> count > 1)
                .map(count -> Finding.within(
                        BUDGET,
                        "pods' CPU per delivery, %d pods / one, on %s".formatted(count, where),
                        results.ratios(row(count), List.of(row(1)), Party.SUBJECT)))
                .toList();
    }
}
