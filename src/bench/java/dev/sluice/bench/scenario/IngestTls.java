package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Gateway;
import dev.sluice.bench.lab.Party;
import dev.sluice.bench.lab.RedisServer;
import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import dev.sluice.bench.trial.Trial;
import java.util.List;

/** What it costs to take events in over TLS: beside a gateway of its own, on a Redis of its own, that speaks it. */
final class IngestTls implements Scenario {
    private static final String PLAIN = "1 event to 1 webhook, sent over http";
    private static final String TLS = "1 event to 1 webhook, sent over https";
    private static final String TYPE = "bench.ingest-tls";

    private final Workload workload = Rig.single(TYPE);
    private final Trial plain;
    private final Trial tls;

    IngestTls(Rig rig) {
        RedisServer redis = RedisServer.start(rig.lab(), "redis-ingest-tls");
        Gateway gateway = Gateway.startOverTls(
                rig.lab(), "gateway-ingest-tls", rig.options().jar(), redis);
        plain = rig.trial();
        tls = rig.trial().with(gateway, redis);
        List.of(rig.gateway(), gateway)
                .forEach(each ->
                        each.createWebhook(Rig.webhook(TYPE, rig.receiver().url())));
    }

    @Override
    public void warmUp() {
        plain.warmUp(workload);
        tls.warmUp(workload);
    }

    @Override
    public List<Sample> measure() {
        return List.of(plain.saturated(PLAIN, workload), tls.saturated(TLS, workload));
    }

    @Override
    public List<Finding> findings(Results results) {
        return List.of(Finding.of(
                "gateway CPU per delivery, sent over https / http",
                results.ratios(TLS, List.of(PLAIN), Party.SUBJECT)));
    }
}
