package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.BenchFailed;
import dev.sluice.bench.lab.WorkerProcess;
import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import dev.sluice.bench.trial.Trial;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * Large events to dead and to slow endpoints delay nobody else: one healthy webhook with small events, at a fixed rate,
 * first alone, then beside ten events of 1 MB a second for three endpoints that take them at once, then beside as many for two
 * endpoints that never read and one that takes eight seconds, in the same round. What the size alone costs its neighbours is
 * the second against the first; what the endpoints add to it, the third against the second.
 *
 * <p>Their webhooks are new in every round, so that their circuits are closed when it begins.
 */
final class Large implements Scenario {
    static final String CALM = "a webhook that is well, a quarter of the load";
    static final String SIZE = "the same, large events to endpoints that are well";
    static final String STORM = "the same, large events to dead and to slow endpoints";

    private static final String LARGE = "bench.large";
    private static final int BYTES = 1_000_000;
    private static final int PER_SECOND = 10;
    private static final double BUDGET = 1.2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A large event takes some milliseconds of an event loop by itself: full load leaves it no place. */
    private static final int PART = 4;

    /** Endpoints are slow for longer than a usual run lasts. */
    private static final int LONGER = 3;

    private final Rig rig;
    private final Workload small = Rig.single("bench.beside");
    private final WorkerProcess worker;
    private final int deafPort;
    private double perSecond;

    Large(Rig rig) {
        this.rig = rig;
        this.worker = rig.lab().worker("large", "large");
        this.deafPort =
                worker.ask(new JsonObject().put("op", "where"), PATIENCE).getInteger("deaf");
        rig.gateway().createWebhook(Rig.webhook("bench.beside", rig.receiver().url()));
    }

    /** And one round that does not count: what large events need is compiled by then, too. */
    @Override
    public void warmUp() {
        perSecond = rig.trial().warmUp(small).perSecond() / PART;
        measure();
    }

    @Override
    public List<Sample> measure() {
        String deaf = "http://127.0.0.1:%d/".formatted(deafPort);
        String large = "http://127.0.0.1:%d/".formatted(worker.port());
        return List.of(
                rig.trial().atRate(perSecond, CALM, small, time()),
                beside(SIZE, List.of(large + "one", large + "two", large + "three")),
                beside(STORM, List.of(deaf + "one", deaf + "two", large + "slow")));
    }

    private Duration time() {
        return rig.form().time().multipliedBy(LONGER);
    }

    private Sample beside(String name, List<String> urls) {
        List<String> others = rig.gateway()
                .createWebhooks(
                        urls.stream().map(url -> Rig.webhook(LARGE, url)).toList());
        worker.ask(begin(), PATIENCE);
        Sample meanwhile = rig.trial().atRate(perSecond, name, small, time());
        JsonObject sent = worker.ask(new JsonObject().put("op", "end"), PATIENCE);
        rig.gateway().deleteWebhooks(others);
        if (sent.getLong("accepted") == 0) {
            throw new BenchFailed("no large event was accepted: " + sent);
        }
        return meanwhile;
    }

    private JsonObject begin() {
        return new JsonObject()
                .put("op", "begin")
                .put("port", rig.gateway().port())
                .put("path", "/v1/events")
                .put("type", LARGE)
                .put("bytes", BYTES)
                .put("perSecond", PER_SECOND);
    }

    @Override
    public List<Finding> findings(Results results) {
        return List.of(
                Finding.within(
                        BUDGET,
                        "p99 to arrival at a healthy endpoint, large events to dead and slow ones / to others that are well",
                        results.ratios(STORM, SIZE, Large::p99)),
                Finding.of(
                        "p99 to arrival at a healthy endpoint, large events to others that are well / no large events",
                        results.ratios(SIZE, CALM, Large::p99)));
    }

    private static double p99(Sample sample) {
        return sample.p99(Trial.TO_ARRIVAL);
    }
}
