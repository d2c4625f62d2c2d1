package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.CpuMeter;
import dev.sluice.bench.lab.Load;
import dev.sluice.bench.lab.Party;
import dev.sluice.bench.lab.WorkerProcess;
import dev.sluice.bench.trial.Options;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The floor of ingest: a Vert.x HTTP server that answers 202, under the load that the gateway gets. */
final class BareServer implements Scenario {
    public static final String NAME = "bare server, POST";

    private final WorkerProcess server;
    private final Load load;
    private final Options.Form form;

    BareServer(Rig rig) {
        this.server = rig.lab().worker("server", "bare-server");
        this.load = rig.load();
        this.form = rig.form();
    }

    @Override
    public void warmUp() {
        run(form.floorWarmUp());
    }

    @Override
    public List<Sample> measure() {
        return List.of(run(form.floorTime()));
    }

    private Sample run(Duration time) {
        CpuMeter meter = CpuMeter.start(Map.of(Party.SUBJECT, server.child(), Party.LOAD, load.child()));
        Load.Outcome outcome = load.run(new Load.Plan(0, server.port(), Rig.single("bench.event"), time, 0, 0));
        return Sample.floor(NAME, outcome.accepted(), outcome.elapsed(), meter.read());
    }
}
