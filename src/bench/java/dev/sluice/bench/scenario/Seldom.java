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
import java.util.ArrayList;
import java.util.List;

/**
 * One event, one delivery, at the rates at which most installations live: each event comes alone, and pays for its own
 * system calls and for a processor to be woken. Beside it what a bare server and a bare client take at the same rate.
 */
final class Seldom implements Scenario {
    private static final String TYPE = "bench.seldom";

    /** Enough events for processors that are counted in steps of 10 ms. */
    private static final int LONGER = 5;

    /** Of the gateway over both floors, from this rate on. */
    private static final double BUDGET = 3;

    private static final int JUDGED_FROM = 500;
    private static final double P50_MS = 1.5;

    private final Rig rig;
    private final int perSecond;
    private final Workload workload;
    private final BareServer server;
    private final BareClient client;

    Seldom(Rig rig, int perSecond) {
        this.rig = rig;
        this.perSecond = perSecond;
        String type = TYPE + perSecond;
        this.workload = Rig.single(type);
        this.server = new BareServer(rig, "bare-server-" + perSecond);
        this.client = BareClient.logging("bare-client-" + perSecond, rig);
        rig.gateway().createWebhook(Rig.webhook(type, rig.receiver().url()));
    }

    /** At full speed: at these rates nothing is ever compiled. */
    @Override
    public void warmUp() {
        server.warmUp();
        client.warmUp();
        rig.trial().warmUp(workload);
        rig.trial().atRate(perSecond, "warm-up", workload, rig.form().time());
    }

    @Override
    public List<Sample> measure() {
        Duration time = rig.form().time().multipliedBy(LONGER);
        return List.of(
                rig.trial().atRate(perSecond, row(), workload, time),
                server.atRate(perSecond, serverRow(), time),
                client.atRate(perSecond, clientRow(), time));
    }

    private String row() {
        return "1 event to 1 webhook, %,d a second".formatted(perSecond);
    }

    private String serverRow() {
        return "bare server, %,d a second".formatted(perSecond);
    }

    private String clientRow() {
        return "bare client, %,d a second".formatted(perSecond);
    }

    @Override
    public List<Finding> findings(Results results) {
        String what = "gateway CPU per delivery / bare server + client, %,d a second".formatted(perSecond);
        List<Double> ratios = results.ratios(row(), List.of(serverRow(), clientRow()), Party.SUBJECT);
        List<Finding> findings = new ArrayList<>();
        findings.add(perSecond < JUDGED_FROM ? Finding.of(what, ratios) : Finding.within(BUDGET, what, ratios));
        findings.add(Finding.within(
                P50_MS,
                "ms from due to arrival, %,d a second, p50".formatted(perSecond),
                results.values(
                        row(),
                        sample -> sample.latency()
                                        .getOrDefault(Trial.TO_ARRIVAL, Latency.NONE)
                                        .p50()
                                / 1e3)));
        return findings;
    }
}
