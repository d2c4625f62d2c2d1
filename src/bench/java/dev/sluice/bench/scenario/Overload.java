package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Memory;
import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.trial.Figure;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Options;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import dev.sluice.bench.trial.Trial;
import dev.sluice.bench.worker.EventSpec;
import java.util.List;

/**
 * Three times what the gateway delivers, offered at that rate whether it answers or not. What it accepts beyond its pace
 * waits in Redis, what it cannot take it refuses, and all that it accepted arrives.
 *
 * <p>In batches, and on more connections than it may hold events of: single requests would have to be more than the load
 * can send on the processors that it shares with the gateway.
 */
final class Overload implements Scenario {
    private static final String NAME = "3 x what it delivers, in batches of 100";
    private static final String TYPE = "bench.overload";
    private static final int TIMES = 3;

    /** With a batch under way on each, more than {@code http.maxPendingEvents}. */
    private static final int CONNECTIONS = 256;

    private final Rig rig;
    private final Workload single = Rig.single(TYPE);
    private final Workload flood;
    private double perSecond;

    Overload(Rig rig) {
        this.rig = rig;
        EventSpec batches = EventSpec.single(TYPE, Options.BODY_BYTES).in(EventSpec.Format.BATCH, Sent.AT_ONCE);
        this.flood = Workload.of(batches, CONNECTIONS);
        rig.gateway().createWebhook(Rig.webhook(TYPE, rig.receiver().url()));
    }

    @Override
    public void warmUp() {
        perSecond = rig.trial().warmUp(single).perSecond();
    }

    @Override
    public List<Sample> measure() {
        Sample sample =
                rig.trial().atRate(TIMES * perSecond, NAME, flood, rig.form().time());
        return List.of(
                sample.with(Figure.GATEWAY_PEAK_MB, Memory.peakMb(rig.gateway().child()))
                        .with(Figure.REDIS_MB, rig.redis().usedMb()));
    }

    @Override
    public List<Finding> findings(Results results) {
        return List.of(
                Finding.of(
                        "accepted a second / offered, at 3 x what is delivered",
                        results.values(
                                NAME,
                                sample -> sample.figure(Figure.ACCEPTED_PER_SECOND)
                                        / sample.figure(Figure.OFFERED_PER_SECOND))),
                Finding.of(
                        "  events refused in a round", results.values(NAME, sample -> sample.figure(Figure.REFUSED))),
                Finding.of(
                        "  ms until 202 of the accepted, p99",
                        results.values(NAME, sample -> sample.p99(Trial.TO_ACCEPTED))),
                Finding.of(
                        "  MB of memory the gateway ever had, of 512 MiB of heap and all else",
                        results.values(NAME, sample -> sample.figure(Figure.GATEWAY_PEAK_MB))));
    }
}
