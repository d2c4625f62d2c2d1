package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.trial.Options;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import dev.sluice.bench.worker.EventSpec;
import dev.sluice.bench.worker.EventSpec.Format;
import java.util.List;

/** One event to one webhook, sent in another way or of another size, saturated. */
public final class Sent implements Scenario {
    static final String BATCH = "in batches of 100";
    static final String NDJSON = "in NDJSON streams";

    /** Events of a batch, and lines written at once. */
    static final int AT_ONCE = 100;

    /** Connections that carry many events each. */
    static final int STREAMS = 16;

    private static final String BINARY = "as binary CloudEvents with ids";
    private static final int KIB = 1024;

    private final String name;
    private final Stint stint;

    private Sent(Rig rig, String name, EventSpec events, int connections) {
        this.name = name;
        this.stint = new Stint(rig, Workload.of(events, connections));
        rig.gateway().createWebhook(Rig.webhook(events.type(), rig.receiver().url()));
    }

    static Sent inBatches(Rig rig) {
        return new Sent(rig, BATCH, single("bench.batch").in(Format.BATCH, AT_ONCE), STREAMS);
    }

    static Sent inStreams(Rig rig) {
        return new Sent(rig, NDJSON, single("bench.ndjson").in(Format.NDJSON, AT_ONCE), STREAMS);
    }

    /** With id and source, so that a repeat would be recognised: that costs a script in Redis. */
    static Sent binary(Rig rig) {
        return new Sent(rig, BINARY, single("bench.binary").in(Format.BINARY, 1), Options.CONNECTIONS);
    }

    static Sent ofKib(int size, Rig rig) {
        EventSpec events = EventSpec.single("bench.kib" + size, size * KIB);
        return new Sent(rig, "events of %d KiB".formatted(size), events, Options.CONNECTIONS);
    }

    private static EventSpec single(String type) {
        return EventSpec.single(type, Options.BODY_BYTES);
    }

    @Override
    public void warmUp() {
        stint.warmUp();
    }

    @Override
    public List<Sample> measure() {
        return List.of(stint.measure(name));
    }
}
