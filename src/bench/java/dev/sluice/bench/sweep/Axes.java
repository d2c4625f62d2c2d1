package dev.sluice.bench.sweep;

import dev.sluice.bench.lab.Workload;
import dev.sluice.bench.scenario.DeadEndpoint;
import dev.sluice.bench.trial.Options;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.worker.EventSpec;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

/** What the cost is followed along. Those that leave most behind come last. */
final class Axes {
    private static final int SMALLEST_BYTES = 256;
    private static final int PAYLOAD_DECADES = 1_000;
    private static final String NUMBERED = "bench.sweep.####";

    /** Over which the webhooks of the axis of their number are spread. */
    private static final int TENANTS = 100;

    /** Spread over the tenants of the axis of their number. */
    private static final int WEBHOOKS = 1_000;

    private final Rig rig;

    Axes(Rig rig) {
        this.rig = rig;
    }

    /** @param only their names; empty: all */
    List<Axis> chosen(Set<String> only) {
        Options.Form form = rig.form();
        List<Axis> all = List.of(
                new Axis("payload", false, (long) SMALLEST_BYTES * PAYLOAD_DECADES, this::payload),
                new Axis("fan-out", true, form.tenants(), this::fanOut),
                new Axis("backlog", true, form.parked(), backlog()),
                new Axis("tenants", true, form.tenants(), this::tenants),
                new Axis("webhooks", true, (long) form.tenants() * form.types(), this::webhooks));
        return all.stream()
                .filter(axis -> only.isEmpty() || only.contains(axis.name()))
                .toList();
    }

    private Workload payload(long bytes) {
        String type = "bench.sweep.payload." + bytes;
        rig.gateway().createWebhook(Rig.webhook(type, rig.receiver().url()));
        return Workload.of(EventSpec.single(type, Math.toIntExact(bytes)), Options.CONNECTIONS);
    }

    private Workload fanOut(long hooks) {
        String type = "bench.sweep.fanout." + hooks;
        int number = Math.toIntExact(hooks);
        create(type, rig.receiver().url("####"), "default", number, 1);
        return Rig.single(type).toHooks(number);
    }

    /** The same load all the time, while more and more waits for an endpoint that is dead. */
    private LongFunction<Workload> backlog() {
        String type = "bench.sweep.backlog";
        DeadEndpoint dead = new DeadEndpoint(rig, "bench.sweep.dead");
        return parked -> {
            if (!dead.exists()) {
                rig.gateway().createWebhook(Rig.webhook(type, rig.receiver().url()));
                dead.create();
            }
            dead.parkUpTo(parked);
            return Rig.single(type);
        };
    }

    private Workload tenants(long tenants) {
        return spread(
                "sweep-t%d-$$$$".formatted(tenants), Math.toIntExact(WEBHOOKS / tenants), Math.toIntExact(tenants));
    }

    private Workload webhooks(long webhooks) {
        int tenants = Math.toIntExact(Math.min(TENANTS, webhooks));
        return spread("sweep-w%d-$$$$".formatted(webhooks), Math.toIntExact(webhooks / tenants), tenants);
    }

    /** Each event is for one of the webhooks, at random. */
    private Workload spread(String tenant, int types, int tenants) {
        create(NUMBERED, rig.receiver().url(), tenant, types, tenants);
        Workload single = Rig.single(NUMBERED);
        return Workload.of(single.events().overTypes(types).atRandomOver(tenant, tenants), single.connections());
    }

    private void create(String type, String url, String tenant, int types, int tenants) {
        rig.load().createWebhooks(rig.gateway().port(), Rig.webhook(type, url).put("tenant", tenant), types, tenants);
        rig.gateway().awaitChange();
    }
}
