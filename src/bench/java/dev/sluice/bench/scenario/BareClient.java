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

    static final String TLS = "bare client, HttpClient POST, https";
    static final String HANDSHAKES = "bare client, HttpClient POST, https, a handshake each";

    private static final Duration SLACK = Duration.ofSeconds(30);

    private final String name;
    private final String client;
    private final WorkerProcess worker;
    private final Receiver receiver;
    private final Options.Form form;
    private final JsonObject way;

    /** @param way it takes: the port, whether over TLS, and whether connections are kept */
    private BareClient(String name, String client, String log, JsonObject way, Rig rig) {
        this.name = name;
        this.client = client;
        this.worker = rig.lab().worker("client", log);
        this.receiver = rig.receiver();
        this.form = rig.form();
        this.way = way;
    }

    private static JsonObject plain(Rig rig) {
        return new JsonObject()
                .put("port", rig.receiver().port())
                .put("tls", false)
                .put("keep", true);
    }

    /** @param keep whether connections are kept; else each request makes one, and a handshake */
    static BareClient overTls(String log, int port, boolean keep, Rig rig) {
        JsonObject way = new JsonObject().put("port", port).put("tls", true).put("keep", keep);
        return new BareClient(keep ? TLS : HANDSHAKES, "http", log, way, rig);
    }

    public static BareClient httpClient(Rig rig) {
        return logging("bare-client-http", rig);
    }

    /** @param log the name of the log of its process */
    static BareClient logging(String log, Rig rig) {
        return new BareClient(HTTP_CLIENT, "http", log, plain(rig), rig);
    }

    public static BareClient webClient(Rig rig) {
        return new BareClient(WEB_CLIENT, "web", "bare-client-web", plain(rig), rig);
    }

    @Override
    public void warmUp() {
        run(form.floorWarmUp());
    }

    @Override
    public List<Sample> measure() {
        return List.of(run(form.floorTime()));
    }

    /** At a fixed rate. */
    Sample atRate(double perSecond, String row, Duration time) {
        return run(row, time, perSecond);
    }

    private Sample run(Duration time) {
        return run(name, time, 0);
    }

    private Sample run(String row, Duration time, double perSecond) {
        JsonObject command = way.copy()
                .put("client", client)
                .put("inFlight", Options.CONNECTIONS)
                .put("bytes", Options.BODY_BYTES)
                .put("millis", time.toMillis())
                .put("rate", perSecond);
        CpuMeter meter = CpuMeter.start(
                Map.of(Party.SUBJECT, List.of(worker.child()), Party.RECEIVER, List.of(receiver.child())));
        long start = Ticker.SYSTEM.nanos();
        long events = worker.ask(command, time.plus(SLACK)).getLong("events");
        return Sample.floor(row, events, Duration.ofNanos(Ticker.SYSTEM.nanos() - start), meter.read());
    }
}
