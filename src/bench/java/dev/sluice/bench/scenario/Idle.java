package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.CpuMeter;
import dev.sluice.bench.lab.Party;
import dev.sluice.bench.lab.Wait;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import dev.sluice.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Nothing to do: what a pod and its Redis take of a processor then, after a time with much to do. A second is counted as one. */
final class Idle implements Scenario {
    private static final String ROW = "nothing, for a second";
    private static final String TYPE = "bench.idle";
    private static final double BUDGET_PERCENT = 0.3;

    /** Enough for processors that are counted in steps of 10 ms. */
    private static final int LONGER = 10;

    /** Until what the load left is written down and its lanes are forgotten. */
    private static final Duration CALM = Duration.ofSeconds(70);

    private final Rig rig;

    Idle(Rig rig) {
        this.rig = rig;
        rig.gateway().createWebhook(Rig.webhook(TYPE, rig.receiver().url()));
    }

    @Override
    public void warmUp() {
        rig.trial().warmUp(Rig.single(TYPE));
        Wait.rest(rig.form().isWarm() ? CALM : rig.form().time());
    }

    @Override
    public List<Sample> measure() {
        Duration time = rig.form().time().multipliedBy(LONGER);
        CpuMeter meter = CpuMeter.start(Map.of(
                Party.SUBJECT,
                List.of(rig.gateway().child()),
                Party.REDIS,
                List.of(rig.redis().child())));
        long start = Ticker.SYSTEM.nanos();
        Wait.rest(time);
        Duration passed = Duration.ofNanos(Ticker.SYSTEM.nanos() - start);
        return List.of(Sample.floor(ROW, time.toSeconds(), passed, meter.read()));
    }

    @Override
    public List<Finding> findings(Results results) {
        return List.of(
                Finding.within(BUDGET_PERCENT, "gateway, % of a core while idle", percent(results, Party.SUBJECT)),
                Finding.within(BUDGET_PERCENT, "Redis, % of a core while idle", percent(results, Party.REDIS)));
    }

    private static List<Double> percent(Results results, Party party) {
        return results.values(ROW, sample -> sample.processors(party) * 100);
    }
}
