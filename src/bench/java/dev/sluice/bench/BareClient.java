package dev.sluice.bench;

import dev.sluice.time.Ticker;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The floor of a delivery: a Vert.x client that posts to the receiver the gateway delivers to. */
final class BareClient implements Scenario {
    /** The least that Vert.x can post for. */
    static final String HTTP_CLIENT = "bare client, HttpClient POST";

    /** The client that the gateway uses. */
    static final String WEB_CLIENT = "bare client, WebClient POST";

    private static final Duration SLACK = Duration.ofSeconds(30);

    private final String name;
    private final String client;
    private final WorkerProcess worker;
    private final Receiver receiver;
    private final Options options;

    private BareClient(String name, String client, Lab lab, Receiver receiver, Options options) {
        this.name = name;
        this.client = client;
        this.worker = lab.worker("client", "bare-client-" + client);
        this.receiver = receiver;
        this.options = options;
    }

    static BareClient httpClient(Lab lab, Receiver receiver, Options options) {
        return new BareClient(HTTP_CLIENT, "http", lab, receiver, options);
    }

    static BareClient webClient(Lab lab, Receiver receiver, Options options) {
        return new BareClient(WEB_CLIENT, "web", lab, receiver, options);
    }

    @Override
    public String name() {
        return name;
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
        JsonObject command = new JsonObject()
                .put("client", client)
                .put("port", receiver.port())
                .put("inFlight", Options.CONNECTIONS)
                .put("bytes", Options.BODY_BYTES)
                .put("millis", time.toMillis());
        CpuMeter meter = CpuMeter.start(Map.of(Party.SUBJECT, worker.child(), Party.RECEIVER, receiver.child()));
        long start = Ticker.SYSTEM.nanos();
        long events = worker.ask(command, time.plus(SLACK)).getLong("events");
        return Sample.floor(name, events, Duration.ofNanos(Ticker.SYSTEM.nanos() - start), meter.read());
    }
}
