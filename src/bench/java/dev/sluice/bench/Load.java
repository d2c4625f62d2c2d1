package dev.sluice.bench;

import dev.sluice.bench.worker.Latency;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** The load process. */
final class Load {
    private static final Duration SLACK = Duration.ofSeconds(30);

    private final WorkerProcess worker;

    Load(WorkerProcess worker) {
        this.worker = worker;
    }

    Child child() {
        return worker.child();
    }

    /** Posts events and waits until every one of them is answered. */
    Outcome run(Plan plan) {
        JsonObject command = new JsonObject()
                .put("run", plan.run())
                .put("port", plan.port())
                .put("path", plan.path())
                .put("rate", plan.perSecond())
                .put("millis", plan.time().toMillis())
                .put("bytes", Options.BODY_BYTES)
                .put("connections", Options.CONNECTIONS);
        return Outcome.from(worker.ask(command, plan.time().multipliedBy(2).plus(SLACK)));
    }

    /**
     * What to post.
     *
     * @param run the number that its events carry
     * @param perSecond the fixed rate; 0 for as fast as answers come
     */
    record Plan(int run, int port, String path, Duration time, double perSecond) {}

    /**
     * What came of it.
     *
     * @param accepted answered 2xx
     * @param refused answered anything else
     * @param unknown not answered: the connection ended, or the time
     * @param unsent due, but not sent, since no connection was free in time
     * @param latency from when a request was due until it was answered 2xx
     */
    record Outcome(
            long accepted, long refused, long unknown, long unsent, long startMicros, long endMicros, Latency latency) {
        private static Outcome from(JsonObject json) {
            return new Outcome(
                    json.getLong("accepted"),
                    json.getLong("refused"),
                    json.getLong("unknown"),
                    json.getLong("unsent"),
                    json.getLong("startMicros"),
                    json.getLong("endMicros"),
                    Latency.from(json.getJsonObject("latency")));
        }
    }
}
