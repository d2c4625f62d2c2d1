package dev.sluice.bench.lab;

import dev.sluice.bench.worker.Latency;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** The receiver process. */
public final class Receiver {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final WorkerProcess worker;

    public Receiver(WorkerProcess worker) {
        this.worker = worker;
    }

    public Child child() {
        return worker.child();
    }

    public int port() {
        return worker.port();
    }

    /** Where webhooks deliver to that are the only one to get an event. */
    public String url() {
        return url("0");
    }

    /** Where the webhook delivers to that is the one with this number among those that get an event. */
    public String url(int hook) {
        return url(String.valueOf(hook));
    }

    /** The same, with a place for the number's digits. */
    public String url(String hook) {
        return "http://127.0.0.1:%d/hook/%s".formatted(port(), hook);
    }

    /** The same as {@link #url()} by a name of its own: another address of the loopback interface for each number. */
    public String urlOfHost(int number) {
        return urlOfHost(number, port());
    }

    /** As {@link #urlOfHost}, but what was idle for 200 ms is closed there. */
    public String urlOfClosingHost(int number) {
        return urlOfHost(
                number,
                worker.ask(new JsonObject().put("op", "where"), PATIENCE).getInteger("closing"));
    }

    /** Where the only webhook that gets an event delivers to over TLS. */
    public String urlOverTls(int port) {
        return "https://127.0.0.1:%d/hook/0".formatted(port);
    }

    /**
     * Speaks TLS on as many more ports, and answers which.
     *
     * @param closing whether it closes each connection there behind the first answer
     */
    public List<Integer> openTls(int hosts, boolean closing) {
        JsonObject command =
                new JsonObject().put("op", "tls").put("hosts", hosts).put("closing", closing);
        return worker.ask(command, PATIENCE).getJsonArray("ports").stream()
                .map(Integer.class::cast)
                .toList();
    }

    private static String urlOfHost(int number, int port) {
        return "http://127.0.1.%d:%d/hook/0".formatted(number + 1, port);
    }

    /** That were made to it until now. */
    public long connections() {
        return worker.ask(new JsonObject().put("op", "where"), PATIENCE).getLong("connections");
    }

    /** Begins to count the deliveries of a run. */
    public void open(int run, Workload workload) {
        JsonObject command = new JsonObject()
                .put("op", "open")
                .put("run", run)
                .put("hooks", workload.hooks())
                .put("targets", workload.targets())
                .put("ordered", workload.ordered());
        worker.ask(command, PATIENCE);
    }

    public Arrived arrived() {
        JsonObject tally = worker.ask(new JsonObject().put("op", "tally"), PATIENCE);
        return new Arrived(
                tally.getLong("unique"),
                tally.getLong("repeated"),
                tally.getLong("unreadable"),
                tally.getLong("disordered"),
                tally.getLong("firstMicros"),
                tally.getLong("lastMicros"),
                tally.getLong("leastOfTarget"),
                tally.getLong("mostOfTarget"),
                Latency.from(tally.getJsonObject("latency")));
    }

    /**
     * What has arrived.
     *
     * @param unique deliveries of the open run, each once
     * @param repeated arrivals beyond the first of their delivery, in all runs until now
     * @param unreadable bodies that are not what the load sent, in all runs until now
     * @param disordered arrivals after a later one of the same key, if the run is ordered
     * @param firstMicros when the first of {@code unique} arrived
     * @param lastMicros when the last did
     * @param leastOfTarget the fewest that any webhook or key got
     * @param mostOfTarget the most
     * @param latency from when an event was due to be sent until it arrived the first time
     */
    public record Arrived(
            long unique,
            long repeated,
            long unreadable,
            long disordered,
            long firstMicros,
            long lastMicros,
            long leastOfTarget,
            long mostOfTarget,
            Latency latency) {}
}
