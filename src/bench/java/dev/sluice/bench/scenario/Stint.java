package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import dev.sluice.time.Ticker;
import java.time.Duration;

/**
 * As many events as the gateway delivers in the time of a run, sent as fast as it accepts them. For what is accepted much
 * faster than delivered: a run by time would leave a backlog that takes many times as long.
 */
public final class Stint {
    private static final int FIRST_DELIVERIES = 2_000;
    private static final Duration STEP = Duration.ofSeconds(1);

    private final Rig rig;
    private final Workload workload;
    private double perSecond;

    public Stint(Rig rig, Workload workload) {
        this.rig = rig;
        this.workload = workload;
    }

    /** Finds out how fast it goes, too. */
    public void warmUp() {
        long end = Ticker.SYSTEM.nanos() + rig.trial().warmUpTime().toNanos();
        long events = events(FIRST_DELIVERIES);
        do {
            perSecond = rig.trial().counted("warm-up", workload, events).perSecond();
            events = events(perSecond * STEP.toMillis() / 1e3);
        } while (Ticker.SYSTEM.nanos() - end < 0);
    }

    public Sample measure(String name) {
        return rig.trial()
                .counted(name, workload, events(perSecond * rig.form().time().toMillis() / 1e3));
    }

    /** At least one request on each connection. */
    private long events(double deliveries) {
        long least = (long) workload.events().perRequest() * workload.connections();
        long wanted = Math.round(deliveries / workload.hooks());
        return workload.hooks() > 1 ? Math.max(1, wanted) : Math.max(least, wanted);
    }
}
