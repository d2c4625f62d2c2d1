package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Party;
import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import dev.sluice.bench.trial.Trial;
import dev.sluice.bench.worker.Latency;
import java.util.List;
import java.util.function.ToLongFunction;

/** One event, one delivery: saturated, for what it costs, then at half of that rate, for how long it takes. */
public final class OneWebhook implements Scenario {
    public static final String SATURATED = "1 event to 1 webhook";
    static final String HALF = "1 event to 1 webhook, half load";

    private static final String TYPE = "bench.event";
    private static final double BUDGET = 1.5;
    private static final double P50_MS = 2;
    private static final double P99_MS = 10;

    private final Rig rig;
    private final Workload workload = Rig.single(TYPE);

    OneWebhook(Rig rig) {
        this.rig = rig;
        rig.gateway().createWebhook(Rig.webhook(TYPE, rig.receiver().url()));
    }

    @Override
    public void warmUp() {
        rig.trial().warmUp(workload);
    }

    @Override
    public List<Sample> measure() {
        Sample saturated = rig.trial().saturated(SATURATED, workload);
        return List.of(
                saturated,
                rig.trial()
                        .atRate(
                                saturated.perSecond() / 2,
                                HALF,
                                workload,
                                rig.form().time()));
    }

    @Override
    public List<Finding> findings(Results results) {
        return List.of(
                Finding.within(
                        BUDGET,
                        "gateway CPU per delivery / floor",
                        results.ratios(SATURATED, Floor.HTTP_CLIENT, Party.SUBJECT)),
                Finding.of(
                        "gateway CPU per delivery / floor with the WebClient",
                        results.ratios(SATURATED, Floor.WEB_CLIENT, Party.SUBJECT)),
                Finding.of("Redis CPU per delivery / floor", results.ratios(SATURATED, Floor.HTTP_CLIENT, Party.REDIS)),
                Finding.within(P50_MS, "ms from due to arrival at half load, p50", arrival(results, Latency::p50)),
                Finding.within(P99_MS, "ms from due to arrival at half load, p99", arrival(results, Latency::p99)));
    }

    private static List<Double> arrival(Results results, ToLongFunction<Latency> percentile) {
        return results.values(
                HALF,
                sample -> percentile.applyAsLong(sample.latency().getOrDefault(Trial.TO_ARRIVAL, Latency.NONE)) / 1e3);
    }
}
