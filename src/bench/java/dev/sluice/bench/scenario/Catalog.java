package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.BenchFailed;
import dev.sluice.bench.trial.Rig;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A scenario that can be measured.
 *
 * @param key its name in {@code bench.only}
 * @param isAlone whether it is measured after those that take turns, since it leaves behind, or needs, what they would feel
 * @param isLong whether it takes so long that only the full form measures it without being told
 */
public record Catalog(String key, boolean isAlone, boolean isLong, Function<Rig, Scenario> maker) {
    private static final List<Catalog> ALL = List.of(
            inTurn("server", BareServer::new),
            inTurn("client", BareClient::httpClient),
            inTurn("webclient", BareClient::webClient),
            inTurn("redis", PipelinedRedis::new),
            inTurn("one", OneWebhook::new),
            inTurn("fanout10", rig -> new FanOut(rig, 10)),
            inTurn("fanout100", rig -> new FanOut(rig, 100)),
            inTurn("batch", Sent::inBatches),
            inTurn("ndjson", Sent::inStreams),
            inTurn("binary", Sent::binary),
            inTurn("intake-batch", Unwanted::inBatches),
            inTurn("intake-ndjson", Unwanted::inStreams),
            inTurn("10kib", rig -> Sent.ofKib(10, rig)),
            inTurn("100kib", rig -> Sent.ofKib(100, rig)),
            inTurn("ordered", Ordered::new),
            inTurn("limited", RateLimited::new),
            new Catalog("signed", false, true, Signatures::new),
            alone("trouble", Trouble::new),
            alone("large", Large::new),
            alone("kept", Kept::new),
            alone("overload", Overload::new),
            alone("parked", Parked::new),
            alone("tenants", ManyTenants::new),
            seldom(20),
            seldom(100),
            seldom(500),
            seldom(1500),
            new Catalog("tls", true, true, KeptTls::new),
            new Catalog("tls-handshakes", true, true, Handshaken::new),
            new Catalog("ingest-tls", true, true, IngestTls::new),
            new Catalog("idle", true, true, Idle::new),
            new Catalog("fresh", true, true, Fresh::new),
            new Catalog("history", true, true, History::new),
            new Catalog("builds", true, true, Builds::new),
            new Catalog("cluster", true, true, Cluster::new),
            new Catalog("pods", true, true, Pods::onOneRedis),
            new Catalog("pods-cluster", true, true, Pods::onACluster));

    /**
     * @param only their keys; empty: all
     * @param withLong with those that are long, if all
     */
    public static List<Catalog> chosen(Set<String> only, boolean withLong) {
        Set<String> unknown = new LinkedHashSet<>(only);
        ALL.forEach(entry -> unknown.remove(entry.key));
        if (!unknown.isEmpty()) {
            throw new BenchFailed("bench.only: %s (expected: any of %s)"
                    .formatted(
                            String.join(",", unknown),
                            String.join(",", ALL.stream().map(Catalog::key).toList())));
        }
        return ALL.stream()
                .filter(entry -> only.isEmpty() ? withLong || !entry.isLong : only.contains(entry.key))
                .toList();
    }

    public Scenario make(Rig rig) {
        return maker.apply(rig);
    }

    private static Catalog inTurn(String key, Function<Rig, Scenario> maker) {
        return new Catalog(key, false, false, maker);
    }

    private static Catalog seldom(int perSecond) {
        return new Catalog("rate-" + perSecond, true, true, rig -> new Seldom(rig, perSecond));
    }

    private static Catalog alone(String key, Function<Rig, Scenario> maker) {
        return new Catalog(key, true, false, maker);
    }
}
