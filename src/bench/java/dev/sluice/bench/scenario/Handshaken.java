package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Party;
import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Many hosts that speak TLS, each of which gets an event so seldom that it keeps no connection: it closes each behind its
 * answer. So every delivery is a connection and a handshake; beside it a bare client that makes one for each request.
 */
final class Handshaken implements Scenario {
    private static final String TYPE = "bench.handshake.";
    /** A handshake costs both sides milliseconds while their code is cold. */
    private static final int PER_SECOND = 50;
    /** Enough of them for processors that are counted in steps of 10 ms. */
    private static final int LONGER = 4;

    private final Rig rig;
    private final int hosts;
    private final Workload workload;
    private final BareClient client;

    Handshaken(Rig rig) {
        this.rig = rig;
        this.hosts = rig.form().tenants();
        Workload single = Rig.single(TYPE + "####");
        this.workload = Workload.of(single.events().overTypes(hosts), single.connections());
        List<Integer> ports = rig.receiver().openTls(hosts, true);
        this.client = BareClient.overTls("bare-client-handshakes", ports.get(0), false, rig);
        List<JsonObject> webhooks = IntStream.range(0, hosts)
                .mapToObj(i ->
                        KeptTls.webhook(String.format(Locale.ROOT, "%s%04d", TYPE, i), rig.receiver(), ports.get(i)))
                .toList();
        rig.gateway().createWebhooks(webhooks);
    }

    @Override
    public void warmUp() {
        client.warmUp();
        rig.trial().atRate(PER_SECOND, "warm-up", workload, rig.trial().warmUpTime());
    }

    @Override
    public List<Sample> measure() {
        return List.of(
                rig.trial()
                        .atRate(PER_SECOND, row(), workload, rig.form().time().multipliedBy(LONGER)),
                client.atRate(
                        PER_SECOND, BareClient.HANDSHAKES, rig.form().time().multipliedBy(LONGER)));
    }

    private String row() {
        return "%,d https hosts that close, %d a second in all".formatted(hosts, PER_SECOND);
    }

    @Override
    public List<Finding> findings(Results results) {
        return List.of(Finding.of(
                "gateway CPU per delivery with a handshake / bare client, https, a handshake each",
                results.ratios(row(), List.of(BareClient.HANDSHAKES), Party.SUBJECT)));
    }
}
