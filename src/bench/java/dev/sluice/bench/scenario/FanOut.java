package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Party;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Options;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One event to many webhooks: what a delivery costs where ingest and journal are shared. As many attempts are under way in
 * all as the bare client has: a connection costs more the more others there are, bare or not.
 */
public final class FanOut implements Scenario {
    private static final int BUDGETED = 100;
    private static final double BUDGET = 1.3;

    private final int hooks;
    private final Stint stint;

    FanOut(Rig rig, int hooks) {
        this.hooks = hooks;
        String type = "bench.fanout." + hooks;
        rig.gateway()
                .createWebhooks(IntStream.range(0, hooks)
                        .mapToObj(hook -> Rig.webhook(type, rig.receiver().url(hook))
                                .put("maxInFlight", Math.max(1, Options.CONNECTIONS / hooks)))
                        .toList());
        this.stint = new Stint(rig, Rig.single(type).toHooks(hooks));
    }

    public static String name(int hooks) {
        return "1 event to %d webhooks".formatted(hooks);
    }

    @Override
    public void warmUp() {
        stint.warmUp();
    }

    @Override
    public List<Sample> measure() {
        return List.of(stint.measure(name(hooks)));
    }

    @Override
    public List<Finding> findings(Results results) {
        String what = "gateway CPU per delivery, 1 event to %d webhooks / bare client POST".formatted(hooks);
        List<Double> ratios = results.ratios(name(hooks), List.of(BareClient.HTTP_CLIENT), Party.SUBJECT);
        return List.of(hooks == BUDGETED ? Finding.within(BUDGET, what, ratios) : Finding.of(what, ratios));
    }
}
