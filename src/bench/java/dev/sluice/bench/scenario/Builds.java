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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a change costs: the gateway beside another build of it, {@code bench.other}, each on a Redis of its own. Without one it is
 * beside itself, and says how much of a difference is chance.
 */
final class Builds implements Scenario {
    private static final String THIS = "1 event to 1 webhook, this build";
    private static final String OTHER = "1 event to 1 webhook, the other build";
    private static final String TYPE = "bench.builds";

    private final Workload workload = Rig.single(TYPE);
    private final Trial mine;
    private final Trial other;
    private boolean isTurned;

    Builds(Rig rig) {
        mine = trial(rig, "this-build", rig.options().jar());
        other = trial(rig, "other-build", rig.options().other());
    }

    private static Trial trial(Rig rig, String name, Path jar) {
        RedisServer redis = RedisServer.start(rig.lab(), "redis-" + name);
        Gateway gateway = Gateway.start(rig.lab(), name, jar, redis, Map.of());
        gateway.createWebhook(Rig.webhook(TYPE, rig.receiver().url()));
        return rig.trial().with(gateway, redis);
    }

    @Override
    public void warmUp() {
        mine.warmUp(workload);
        other.warmUp(workload);
    }

    /** Each is the first as often as the second. */
    @Override
    public List<Sample> measure() {
        isTurned = !isTurned;
        if (isTurned) {
            Sample first = mine.saturated(THIS, workload);
            return List.of(first, other.saturated(OTHER, workload));
        }
        Sample first = other.saturated(OTHER, workload);
        return List.of(mine.saturated(THIS, workload), first);
    }

    @Override
    public List<Finding> findings(Results results) {
        return List.of(
                Finding.of(
                        "gateway CPU per delivery, this build / the other",
                        results.ratios(THIS, List.of(OTHER), Party.SUBJECT)),
                Finding.of(
                        "Redis CPU per delivery, this build / the other",
                        results.ratios(THIS, List.of(OTHER), Party.REDIS)));
    }
}
