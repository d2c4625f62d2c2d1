package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.trial.Figure;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Endpoints that close what is idle: 200 hosts, each of which gets an event about every 200 ms and closes a connection after
 * just that time; and beside them as many that keep it. What is asked for is how much goes out again, and how many connections
 * it takes to have little of that.
 */
final class Kept implements Scenario {
    static final String KEEPING = "200 hosts that keep connections, 5 events a second each";
    static final String CLOSING = "200 hosts that close what was idle for 200 ms, the same rate";

    private static final int HOSTS = 200;
    private static final double PER_SECOND = 1000;
    private static final double MOST_AGAIN = 0.02;

    /** Each host is learned by itself, which takes it a few events. */
    private static final int LONGER = 3;

    private final Rig rig;
    private final Workload keeping = workload("bench.keeping.###");
    private final Workload closing = workload("bench.closing.###");

    Kept(Rig rig) {
        this.rig = rig;
        rig.gateway().createWebhooks(webhooks("keeping", rig.receiver()::urlOfHost));
        rig.gateway().createWebhooks(webhooks("closing", rig.receiver()::urlOfClosingHost));
    }

    private static Workload workload(String type) {
        Workload single = Rig.single(type);
        return Workload.of(single.events().overTypes(HOSTS), single.connections());
    }

    private static List<JsonObject> webhooks(String part, IntFunction<String> url) {
        return IntStream.range(0, HOSTS)
                .mapToObj(i -> Rig.webhook(String.format(Locale.ROOT, "bench.%s.%03d", part, i), url.apply(i)))
                .toList();
    }

    @Override
    public void warmUp() {
        rig.trial().warmUp(keeping);
        measure();
    }

    @Override
    public List<Sample> measure() {
        return List.of(measure(KEEPING, keeping), measure(CLOSING, closing));
    }

    private Sample measure(String name, Workload workload) {
        Duration time = rig.form().time().multipliedBy(LONGER);
        long again = rig.gateway().sentAgain();
        long connections = rig.receiver().connections();
        Sample sample = rig.trial().atRate(PER_SECOND, name, workload, time);
        return sample.with(Figure.SENT_AGAIN, rig.gateway().sentAgain() - again)
                .with(Figure.CONNECTIONS, rig.receiver().connections() - connections);
    }

    @Override
    public List<Finding> findings(Results results) {
        return List.of(
                Finding.within(
                        MOST_AGAIN,
                        "requests sent again / deliveries, hosts that close as the event comes",
                        results.values(CLOSING, sample -> sample.figure(Figure.SENT_AGAIN) / sample.count())),
                Finding.of(
                        "connections / deliveries, hosts that close as the event comes",
                        results.values(CLOSING, sample -> sample.figure(Figure.CONNECTIONS) / sample.count())));
    }
}
