package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.CpuMeter;
import dev.sluice.bench.lab.Load;
import dev.sluice.bench.lab.Party;
import dev.sluice.bench.lab.WorkerProcess;
import dev.sluice.bench.trial.Options;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import dev.sluice.bench.trial.Trial;
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
        this(rig, "bare-server");
    }

    /** @param log the name of the log of its process */
    BareServer(Rig rig, String log) {
        this.server = rig.lab().worker("server", log);
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

    /** At a fixed rate, for latencies from when a request was due: what the machine and the load themselves take. */
    Sample atRate(double perSecond, String name, Duration time) {
        return run(name, time, perSecond);
    }

    private Sample run(Duration time) {
        return run(NAME, time, 0);
    }

    private Sample run(String name, Duration time, double perSecond) {
        CpuMeter meter =
                CpuMeter.start(Map.of(Party.SUBJECT, List.of(server.child()), Party.LOAD, List.of(load.child())));
        Load.Outcome outcome = load.run(
                new Load.Plan(0, List.of(server.port()), Rig.single("bench.event"), time, 0, perSecond, false));
        Sample sample = Sample.floor(name, outcome.accepted(), outcome.elapsed(), meter.read());
        return perSecond == 0 ? sample : sample.with(Map.of(Trial.TO_ACCEPTED, outcome.latency()));
    }
}
