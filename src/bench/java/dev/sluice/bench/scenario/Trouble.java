package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Ports;
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
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One slow or dead endpoint delays nobody else: 200 webhooks, at half of what the gateway can do,
 * first all well, then with every tenth misbehaving in one of six ways, at the same rate in the same round.
 *
 * <p>The misbehaving ones are new in every round, so that their circuits are closed when it begins, and are deleted after
 * it, so that the next calm is one.
 */
final class Trouble implements Scenario {
    static final String CALM = "200 webhooks, all well, half load";
    static final String STORM = "200 webhooks, 10 % misbehave, the same rate";

    private static final int WEBHOOKS = 200;
    private static final int ONE_IN = 10;
    private static final double BUDGET = 1.2;

    /** Endpoints are slow for longer than a usual run lasts. */
    private static final int LONGER = 3;

    private final Rig rig;
    private final Workload calm = workload("bench.calm.###");
    private final Workload storm = workload("bench.storm.###").withElsewhereEvery(ONE_IN);
    private final List<String> troubles;
    private double perSecond;

    Trouble(Rig rig) {
        this.rig = rig;
        WorkerProcess worker = rig.lab().worker("trouble", "trouble");
        String base = "http://127.0.0.1:" + worker.port();
        troubles = List.of(
                base + "/silent",
                base + "/slow",
                base + "/reset",
                base + "/error",
                base + "/busy",
                "http://127.0.0.1:%d/refused".formatted(Ports.free()));
        Stream<JsonObject> well = IntStream.range(0, WEBHOOKS)
                .mapToObj(i -> Rig.webhook(type("calm", i), rig.receiver().url()));
        Stream<JsonObject> neighbours = IntStream.range(0, WEBHOOKS)
                .filter(i -> !misbehaves(i))
                .mapToObj(i -> Rig.webhook(type("storm", i), rig.receiver().url()));
        rig.gateway().createWebhooks(Stream.concat(well, neighbours).toList());
    }

    /** And one round that does not count: what failures need is compiled by then, too. */
    @Override
    public void warmUp() {
        perSecond = rig.trial().warmUp(calm).perSecond() / 2;
        measure();
    }

    @Override
    public List<Sample> measure() {
        Duration time = rig.form().time().multipliedBy(LONGER);
        Sample before = rig.trial().atRate(perSecond, CALM, calm, time);
        List<String> misbehaving = rig.gateway()
                .createWebhooks(IntStream.range(0, WEBHOOKS)
                        .filter(Trouble::misbehaves)
                        .mapToObj(i -> Rig.webhook(type("storm", i), troubles.get(i / ONE_IN % troubles.size())))
                        .toList());
        Sample meanwhile = rig.trial().atRate(perSecond, STORM, storm, time);
        rig.gateway().deleteWebhooks(misbehaving);
        return List.of(before, meanwhile);
    }

    @Override
    public List<Finding> findings(Results results) {
        return List.of(Finding.within(
                BUDGET,
                "p99 to arrival at healthy endpoints, 10 % misbehave / all well",
                results.ratios(STORM, CALM, sample -> sample.p99(Trial.TO_ARRIVAL))));
    }

    private static Workload workload(String type) {
        Workload single = Rig.single(type);
        return Workload.of(single.events().overTypes(WEBHOOKS), single.connections());
    }

    private static boolean misbehaves(int webhook) {
        return webhook % ONE_IN == ONE_IN - 1;
    }

    private static String type(String part, int webhook) {
        return String.format(Locale.ROOT, "bench.%s.%03d", part, webhook);
    }
}
