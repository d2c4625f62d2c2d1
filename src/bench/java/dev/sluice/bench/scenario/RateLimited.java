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
import java.util.stream.IntStream;

/**
 * A hundred webhooks that allow a hundred deliveries a second each, offered a fifth more: what waits goes to Redis and
 * back. The rate is counted at the endpoint.
 */
final class RateLimited implements Scenario {
    private static final String NAME = "100 webhooks of 100 a second each, offered 120";
    private static final int WEBHOOKS = 100;
    private static final int LIMIT = 100;
    private static final int OFFERED = 120;
    private static final int BURST = 10;

    /** What the clocks of two processes and the way between them may differ by. */
    private static final double TOLERANCE = 1.01;

    private final Rig rig;
    private final Workload workload;

    RateLimited(Rig rig) {
        this.rig = rig;
        Workload single = Rig.single("bench.limited.##");
        this.workload = Workload.of(single.events().overTypes(WEBHOOKS), single.connections());
        JsonObject limit =
                new JsonObject().put("limit", LIMIT).put("periodMs", 1_000).put("burst", BURST);
        rig.gateway()
                .createWebhooks(IntStream.range(0, WEBHOOKS)
                        .mapToObj(i -> Rig.webhook(
                                        String.format(Locale.ROOT, "bench.limited.%02d", i),
                                        rig.receiver().url())
                                .put("rateLimit", limit))
                        .toList());
    }

    @Override
    public void warmUp() {
        offer(rig.trial().warmUpTime());
    }

    @Override
    public List<Sample> measure() {
        return List.of(offer(rig.form().time()));
    }

    @Override
    public List<Finding> findings(Results results) {
        return List.of(
                Finding.within(
                        TOLERANCE,
                        "deliveries / what the rate limits allow",
                        results.values(NAME, sample -> sample.count() / allowed(WEBHOOKS, sample))),
                Finding.within(
                        TOLERANCE,
                        "the same of the webhook that got the most",
                        results.values(NAME, sample -> sample.figure(Figure.MOST_OF_TARGET) / allowed(1, sample))));
    }

    private static double allowed(int webhooks, Sample sample) {
        return webhooks * (BURST + LIMIT * sample.figure(Figure.ARRIVAL_SECONDS));
    }

    private Sample offer(Duration time) {
        return rig.trial().atRate((double) WEBHOOKS * OFFERED, NAME, workload, time);
    }
}
