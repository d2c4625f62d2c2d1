package dev.sluice.bench;

import dev.sluice.bench.worker.Latency;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** The receiver process. */
final class Receiver {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final WorkerProcess worker;

    Receiver(WorkerProcess worker) {
        this.worker = worker;
    }

    Child child() {
        return worker.child();
    }

    int port() {
        return worker.port();
    }

    /** Where webhooks deliver to. */
    String url() {
        return "http://127.0.0.1:%d/hook".formatted(port());
    }

    /** Begins to count the events of a run. */
    void open(int run) {
        worker.ask(new JsonObject().put("op", "open").put("run", run), PATIENCE);
    }

    Arrived arrived() {
        JsonObject tally = worker.ask(new JsonObject().put("op", "tally"), PATIENCE);
        return new Arrived(
                tally.getLong("unique"),
                tally.getLong("repeated"),
                tally.getLong("unreadable"),
                tally.getLong("lastMicros"),
                Latency.from(tally.getJsonObject("latency")));
    }

    /**
     * What has arrived.
     *
     * @param unique events of the open run, each once
     * @param repeated arrivals beyond the first of their event, in all runs until now
     * @param unreadable bodies that are not what the load sent, in all runs until now
     * @param lastMicros when the last of {@code unique} arrived
     * @param latency from when an event was due to be sent until it arrived the first time
     */
    record Arrived(long unique, long repeated, long unreadable, long lastMicros, Latency latency) {}
}
