package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.BenchFailed;
import dev.sluice.bench.lab.Ports;
import dev.sluice.bench.lab.Wait;
import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.worker.EventSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A webhook at an address where nobody listens, and what is parked for it. */
public final class DeadEndpoint {
    /** Small, so that a million of them fit the memory of a usual machine. */
    private static final int BYTES = 256;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** What other keys may come meanwhile. */
    private static final int SLACK = 1_000;

    private final Rig rig;
    private final String type;
    private final Workload workload;
    private @Nullable String id;
    private long keysBefore;

    public DeadEndpoint(Rig rig, String type) {
        this.rig = rig;
        this.type = type;
        EventSpec batches = EventSpec.single(type, BYTES).in(EventSpec.Format.BATCH, Sent.AT_ONCE);
        // All of it goes elsewhere: to nobody.
        this.workload = Workload.of(batches, Sent.STREAMS).withElsewhereEvery(1);
    }

    public boolean exists() {
        return id != null;
    }

    public void create() {
        keysBefore = rig.redis().keys();
        id = rig.gateway().createWebhook(Rig.webhook(type, "http://127.0.0.1:%d/dead".formatted(Ports.free())));
    }

    /** Sends what is missing to so many, in whole batches, and waits until all of it is parked. */
    public void parkUpTo(long deliveries) {
        long missing = deliveries - parked();
        if (missing >= Sent.AT_ONCE) {
            rig.trial().park(workload, existing(), missing);
        }
    }

    public long parked() {
        return rig.gateway().parked(existing());
    }

    /** With all that is parked, and waits until that is gone. */
    public void delete() {
        rig.gateway().deleteWebhooks(List.of(existing()));
        Wait.until("what was parked is gone", PATIENCE, () -> rig.redis().keys() < keysBefore + SLACK);
        id = null;
    }

    private String existing() {
        if (id == null) {
            throw new BenchFailed("no dead endpoint was created");
        }
        return id;
    }
}
