package dev.sluice.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The floor of ingest: a Vert.x HTTP server that answers 202, under the load that the gateway gets. */
final class BareServer implements Scenario {
    static final String NAME = "bare server, POST";

    private final WorkerProcess server;
    private final Load load;
    private final Options options;

    BareServer(Lab lab, Load load, Options options) {
        this.server = lab.worker("server", "bare-server");
        this.load = load;
        this.options = options;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void warmUp() {
        run(options.floorWarmUp());
    }

    @Override
    public List<Sample> measure() {
        return List.of(run(options.floorTime()));
    }

    private Sample run(Duration time) {
        CpuMeter meter = CpuMeter.start(Map.of(Party.SUBJECT, server.child(), Party.LOAD, load.child()));
        Load.Outcome outcome = load.run(new Load.Plan(0, server.port(), Gateway.EVENTS, time, 0));
        Duration elapsed = Duration.ofNanos((outcome.endMicros() - outcome.startMicros()) * 1_000);
        return Sample.floor(NAME, outcome.accepted(), elapsed, meter.read());
    }
}
