package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Party;
import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import dev.sluice.bench.trial.Trial;
import dev.sluice.bench.worker.Latency;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * One event, one delivery: saturated, for what it costs, then at half of that rate, for how long it takes. A bare server
 * gets the same rate, since on few processors, more so on virtual ones, most of the time at half load is the machine's:
 * processes wait for a processor, and processors for being woken.
 */
public final class OneWebhook implements Scenario {
    public static final String SATURATED = "1 event to 1 webhook";
    static final String HALF = "1 event to 1 webhook, half load";
    static final String BARE_HALF = "bare server, POST, that rate";

    private static final String TYPE = "bench.event";
    private static final double BUDGET = 1.5;
    private static final double P50_MS = 2;
    private static final double P99_MS = 10;

    private final Rig rig;
    private final Workload workload = Rig.single(TYPE);
    private final BareServer bare;

    OneWebhook(Rig rig) {
        this.rig = rig;
        this.bare = new BareServer(rig, "bare-server-half-load");
        rig.gateway().createWebhook(Rig.webhook(TYPE, rig.receiver().url()));
    }

    @Override
    public void warmUp() {
        bare.warmUp();
        rig.trial().warmUp(workload);
    }

    @Override
    public List<Sample> measure() {
        Sample saturated = rig.trial().saturated(SATURATED, workload);
        double half = saturated.perSecond() / 2;
        Duration time = rig.form().time();
        return List.of(saturated, rig.trial().atRate(half, HALF, workload, time), bare.atRate(half, BARE_HALF, time));
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
                Finding.within(P99_MS, "ms from due to arrival at half load, p99", arrival(results, Latency::p99)),
                Finding.of("ms to 202 at half load / of a bare server, p50", toAccepted(results, Latency::p50)),
                Finding.of("ms to 202 at half load / of a bare server, p99", toAccepted(results, Latency::p99)));
    }

    private static List<Double> toAccepted(Results results, ToLongFunction<Latency> percentile) {
        return results.ratios(
                HALF,
                BARE_HALF,
                sample -> percentile.applyAsLong(sample.latency().getOrDefault(Trial.TO_ACCEPTED, Latency.NONE)));
    }

    private static List<Double> arrival(Results results, ToLongFunction<Latency> percentile) {
        return results.values(
                HALF,
                sample -> percentile.applyAsLong(sample.latency().getOrDefault(Trial.TO_ARRIVAL, Latency.NONE)) / 1e3);
    }
}
