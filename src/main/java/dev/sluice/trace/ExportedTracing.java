package dev.sluice.trace;

import dev.sluice.config.TracingConfig;
import dev.sluice.delivery.send.Sender;
import dev.sluice.fanout.FanoutListener;
import dev.sluice.fault.Faults;
import dev.sluice.fault.Retries;
import dev.sluice.ingest.Appends;
import dev.sluice.time.Ticker;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Makes spans, and exports them. Any thread. */
public final class ExportedTracing implements Tracing {
    /** Some seconds of a pod that is busy and traces all: 4 MB as a rule. */
    private static final int MOST_WAITING = 8192;

    private final Sampler sampler;
    private final Moments moments = new Moments(InstantSource.system(), Ticker.SYSTEM);
    private final Context home;
    private final SpanQueue queue;
    private final Exporter exporter;

    /** @param instance the pod's name */
    public record Self(String version, String instance) {}

    private ExportedTracing(Vertx vertx, TracingConfig config, Self self, Faults faults, TraceListener listener) {
        this.sampler = Sampler.of(config);
        this.home = vertx.getOrCreateContext();
        this.queue = new SpanQueue(MOST_WAITING, listener);
        Map<String, Object> resource =
                Map.of("service.name", "sluice", "service.version", self.version, "service.instance.id", self.instance);
        this.exporter = new Exporter(
                vertx,
                queue,
                new Otlp(resource, self.version),
                new Collector(vertx, config),
                new Retries(faults, new VertxTimers(vertx)),
                listener);
    }

    /** As the settings have it; exporting from now on. */
    public static Tracing open(Vertx vertx, TracingConfig config, Self self, Faults faults, TraceListener listener) {
        ExportedTracing opened = new ExportedTracing(vertx, config, self, faults, listener);
        opened.home.runOnContext(at -> opened.exporter.start());
        return opened;
    }

    @Override
    public Appends ingest(Appends journal) {
        return new TracedAppends(journal, sampler, moments, queue);
    }

    @Override
    public FanoutListener fanout(FanoutListener listener) {
        return new TracedFanout(listener, sampler, moments, queue);
    }

    @Override
    public Sender delivery(Sender sender) {
        return new TracedSender(sender, sampler, moments, queue);
    }

    @Override
    public Future<Void> end(Duration patience) {
        Promise<Void> ended = Promise.promise();
        home.runOnContext(at -> exporter.end(patience).otherwiseEmpty().onComplete(ended));
        return ended.future();
    }
}
