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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What a pod costs that has just become ready, beside itself when it has had much to do for some time: one that is started as it
 * is, and one that warms up first. Each has the Redis and the webhook of those before it.
 */
final class Fresh implements Scenario {
    private static final String TYPE = "bench.fresh";
    private static final double PER_SECOND = 1000;
    private static final Duration FIRST = Duration.ofSeconds(10);

    /** As many events as a minute at that rate has, and more. */
    private static final Duration MUCH_TO_DO = Duration.ofSeconds(30);

    private static final double BUDGET_CPU = 2;
    private static final double BUDGET_P99 = 3;
    private static final double BUDGET_READY = 0.8;

    private final Rig rig;
    private final RedisServer redis;
    private final Workload workload = Rig.single(TYPE);
    private final List<Pod> pods = List.of(new Pod("cold", "0s"), new Pod("warmed up", "20s"));

    /** @param readyAfter seconds, one for each round */
    private record Pod(String name, String warmUp, List<Double> readyAfter) {
        Pod(String name, String warmUp) {
            this(name, warmUp, new ArrayList<>());
        }

        String first() {
            return "1 000 a second, first 10 s, " + name;
        }

        String later() {
            return "1 000 a second, later, " + name;
        }
    }

    Fresh(Rig rig) {
        this.rig = rig;
        this.redis = RedisServer.start(rig.lab(), "redis-fresh");
    }

    /** The webhook is there when the pods start; nothing else is to be warm but the load and the receiver. */
    @Override
    public void warmUp() {
        Gateway gateway = start("fresh-before", "0s");
        gateway.createWebhook(Rig.webhook(TYPE, rig.receiver().url()));
        rig.trial().with(gateway, redis).warmUp(workload);
        gateway.child().close();
    }

    private Gateway start(String name, String warmUp) {
        return Gateway.start(rig.lab(), name, rig.options().jar(), redis, Map.of("SLUICE_RUNTIME_WARM_UP", warmUp));
    }

    @Override
    public List<Sample> measure() {
        return pods.stream().flatMap(this::measure).toList();
    }

    private Stream<Sample> measure(Pod pod) {
        Gateway gateway = start("fresh-" + pod.name().replace(' ', '-'), pod.warmUp());
        pod.readyAfter().add(gateway.readyAfter().toMillis() / 1e3);
        Trial trial = rig.trial().with(gateway, redis);
        Sample first = trial.atRate(PER_SECOND, pod.first(), workload, FIRST);
        trial.saturated("until it is warm", workload, MUCH_TO_DO);
        Sample later = trial.atRate(PER_SECOND, pod.later(), workload, FIRST);
        gateway.child().close();
        return Stream.of(first, later);
    }

    @Override
    public List<Finding> findings(Results results) {
        Pod cold = pods.get(0);
        Pod warm = pods.get(1);
        ToDoubleFunction<Sample> p99 = sample -> sample.p99(Trial.TO_ARRIVAL);
        return List.of(
                Finding.of(
                        "gateway CPU per delivery, cold / later",
                        results.ratios(cold.first(), List.of(cold.later()), Party.SUBJECT)),
                Finding.within(
                        BUDGET_CPU,
                        "gateway CPU per delivery, warmed up / later",
                        results.ratios(warm.first(), List.of(warm.later()), Party.SUBJECT)),
                Finding.of("p99 to arrival, cold / later", results.ratios(cold.first(), cold.later(), p99)),
                Finding.within(
                        BUDGET_P99,
                        "p99 to arrival, warmed up / later",
                        results.ratios(warm.first(), warm.later(), p99)),
                Finding.of("p99 to arrival in ms, cold", results.values(cold.first(), p99)),
                Finding.of("p99 to arrival in ms, warmed up", results.values(warm.first(), p99)),
                Finding.within(BUDGET_READY, "ready after s, without a warm-up", cold.readyAfter()),
                Finding.of("ready after s, with one", warm.readyAfter()));
    }
}
