package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Party;
import dev.sluice.bench.lab.Receiver;
import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import dev.sluice.bench.worker.Identity;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What TLS costs on connections that are kept: an endpoint that speaks it beside one that does not, and a bare client at both. */
final class KeptTls implements Scenario {
    private static final String PLAIN = "1 event to 1 webhook, http";
    private static final String TLS = "1 event to 1 webhook, https";
    private static final double BUDGET = 1.3;

    private final Rig rig;
    private final Workload plain = Rig.single("bench.plain");
    private final Workload tls = Rig.single("bench.tls");
    private final BareClient plainClient;
    private final BareClient tlsClient;

    KeptTls(Rig rig) {
        this.rig = rig;
        int port = rig.receiver().openTls(1, false).get(0);
        plainClient = BareClient.logging("bare-client-plain", rig);
        tlsClient = BareClient.overTls("bare-client-tls", port, true, rig);
        rig.gateway()
                .createWebhooks(List.of(
                        Rig.webhook("bench.plain", rig.receiver().url()), webhook("bench.tls", rig.receiver(), port)));
    }

    /** At that port of the receiver, over TLS. */
    static JsonObject webhook(String type, Receiver receiver, int port) {
        return Rig.webhook(type, receiver.urlOverTls(port))
                .put("tls", new JsonObject().put("ca", Identity.certificate()));
    }

    @Override
    public void warmUp() {
        plainClient.warmUp();
        tlsClient.warmUp();
        rig.trial().warmUp(plain);
        rig.trial().warmUp(tls);
    }

    @Override
    public List<Sample> measure() {
        return List.of(
                rig.trial().saturated(PLAIN, plain),
                rig.trial().saturated(TLS, tls),
                plainClient.measure().get(0),
                tlsClient.measure().get(0));
    }

    @Override
    public List<Finding> findings(Results results) {
        return List.of(
                Finding.within(
                        BUDGET,
                        "gateway CPU per delivery, https / http",
                        results.ratios(TLS, List.of(PLAIN), Party.SUBJECT)),
                Finding.of(
                        "CPU of a bare client, https / http",
                        results.ratios(BareClient.TLS, List.of(BareClient.HTTP_CLIENT), Party.SUBJECT)));
    }
}
