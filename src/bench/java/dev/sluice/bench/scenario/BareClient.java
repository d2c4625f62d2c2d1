package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.CpuMeter;
import dev.sluice.bench.lab.Party;
import dev.sluice.bench.lab.Receiver;
import dev.sluice.bench.lab.WorkerProcess;
import dev.sluice.bench.trial.Options;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import dev.sluice.time.Ticker;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The floor of a delivery: a Vert.x client that posts to the receiver the gateway delivers to. */
final class BareClient implements Scenario {
    /** The least that Vert.x can post for. */
    public static final String HTTP_CLIENT = "bare client, HttpClient POST";

    /** The client that the gateway uses. */
    public static final String WEB_CLIENT = "bare client, WebClient POST";

    private static final Duration SLACK = Duration.ofSeconds(30);

    private final String name;
    private final String client;
    private final WorkerProcess worker;
    private final Receiver receiver;
    private final Options.Form form;

    private BareClient(String name, String client, Rig rig) {
        this.name = name;
        this.client = client;
        this.worker = rig.lab().worker("client", "bare-client-" + client);
        this.receiver = rig.receiver();
        this.form = rig.form();
    }

    public static BareClient httpClient(Rig rig) {
        return new BareClient(HTTP_CLIENT, "http", rig);
    }

    public static BareClient webClient(Rig rig) {
        return new BareClient(WEB_CLIENT, "web", rig);
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
        JsonObject command = new JsonObject()
                .put("client", client)
                .put("port", receiver.port())
                .put("inFlight", Options.CONNECTIONS)
                .put("bytes", Options.BODY_BYTES)
                .put("millis", time.toMillis());
        CpuMeter meter = CpuMeter.start(
                Map.of(Party.SUBJECT, List.of(worker.child()), Party.RECEIVER, List.of(receiver.child())));
        long start = Ticker.SYSTEM.nanos();
        long events = worker.ask(command, time.plus(SLACK)).getLong("events");
        return Sample.floor(name, events, Duration.ofNanos(Ticker.SYSTEM.nanos() - start), meter.read());
    }
}
