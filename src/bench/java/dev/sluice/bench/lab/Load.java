package dev.sluice.bench.lab;

import dev.sluice.bench.worker.Latency;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** The load process. */
public final class Load {
    private static final Duration SLACK = Duration.ofSeconds(30);
    private static final Duration CREATION = Duration.ofMinutes(6);
    private static final int CREATORS = 64;

    private final WorkerProcess worker;

    public Load(WorkerProcess worker) {
        this.worker = worker;
    }

    public Child child() {
        return worker.child();
    }

    /** Posts events and waits until every one of them is answered. */
    public Outcome run(Plan plan) {
        Workload workload = plan.workload();
        JsonObject command = new JsonObject()
                .put("op", "events")
                .put("run", plan.run())
                .put("ports", new JsonArray(plan.ports()))
                .put("path", Gateway.EVENTS)
                .put("rate", plan.perSecond())
                .put("tls", plan.tls())
                .put("millis", plan.time().toMillis())
                .put("count", plan.count())
                .put("connections", workload.connections())
                .put("elsewhereEvery", workload.elsewhereEvery())
                .put("events", workload.events().toJson());
        return Outcome.from(worker.ask(command, plan.time().multipliedBy(2).plus(SLACK)));
    }

    /**
     * Creates a webhook for each type of each tenant.
     *
     * @param webhook may hold {@code #} for the digits of the type's number, {@code $} for those of the tenant's
     */
    public void createWebhooks(int port, JsonObject webhook, int types, int tenants) {
        JsonObject command = new JsonObject()
                .put("op", "webhooks")
                .put("ports", new JsonArray().add(port))
                .put("connections", CREATORS)
                .put("webhook", webhook.encode())
                .put("types", types)
                .put("tenants", tenants);
        Outcome outcome = Outcome.from(worker.ask(command, CREATION));
        if (outcome.accepted() != (long) types * tenants) {
            throw new BenchFailed("webhooks: %d created, %d refused, %d unanswered (expected: %d)"
                    .formatted(outcome.accepted(), outcome.refused(), outcome.unknown(), types * tenants));
        }
    }

    /**
     * What to post.
     *
     * @param run the number that its events carry
     * @param ports to which the connections go in turn
     * @param count the number of events at which it ends before the time; 0: it does not
     * @param perSecond the fixed rate of events; 0 for as fast as answers come
     * @param tls whether the ports speak it
     */
    public record Plan(
            int run,
            List<Integer> ports,
            Workload workload,
            Duration time,
            long count,
            double perSecond,
            boolean tls) {}

    /**
     * What came of it, in events.
     *
     * @param accepted of them, durable
     * @param elsewhere of the accepted, those that go where arrivals are not counted
     * @param refused answered anything but 2xx
     * @param unknown not answered: the connection ended, or the time
     * @param unsent due, but not sent, since no connection was free in time
     * @param latency from when a request was due until it was answered 2xx
     */
    public record Outcome(
            long accepted,
            long elsewhere,
            long refused,
            long unknown,
            long unsent,
            long startMicros,
            long endMicros,
            Latency latency) {
        private static Outcome from(JsonObject json) {
            return new Outcome(
                    json.getLong("accepted"),
                    json.getLong("elsewhere"),
                    json.getLong("refused"),
                    json.getLong("unknown"),
                    json.getLong("unsent"),
                    json.getLong("startMicros"),
                    json.getLong("endMicros"),
                    Latency.from(json.getJsonObject("latency")));
        }

        /** Accepted, and to arrive where it is counted. */
        public long awaited() {
            return accepted - elsewhere;
        }

        public Duration elapsed() {
            return Duration.ofNanos((endMicros - startMicros) * 1_000);
        }
    }
}
