package dev.sluice.bench.report;

import dev.sluice.bench.lab.Machine;
import dev.sluice.bench.lab.Party;
import dev.sluice.bench.sweep.Curve;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Options;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Rig;
import dev.sluice.bench.trial.Sample;
import dev.sluice.bench.worker.Latency;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Everything that was measured, for programs: every sample, and what it was measured on. */
public final class JsonReport {
    private JsonReport() {}

    /** @param at when the benchmark began */
    public static JsonObject of(Rig rig, Instant at, Results results, List<Finding> findings, List<Curve> curves) {
        Options options = rig.options();
        return new JsonObject()
                .put("at", at.toString())
                .put("complete", rig.ledger().balanced())
                .put("ledger", rig.ledger().toString())
                .put("machine", Machine.describe())
                .put("redis", rig.redis().version())
                .put("jvmFlags", new JsonArray(rig.lab().jvmFlags()))
                .put("readyMs", rig.gateway().readyAfter().toMillis())
                .put("settings", settings(options))
                .put("rows", array(results.names().stream(), name -> row(name, results.of(name))))
                .put("findings", array(findings.stream(), JsonReport::finding))
                .put("sweep", array(curves.stream(), JsonReport::curve));
    }

    private static JsonObject settings(Options options) {
        Options.Form form = options.form();
        return new JsonObject()
                .put("form", form.name().toLowerCase(Locale.ROOT))
                .put("rounds", form.rounds())
                .put("bytes", Options.BODY_BYTES)
                .put("connections", Options.CONNECTIONS)
                .put("floorSeconds", form.floorTime().toSeconds())
                .put("firstWarmUpSeconds", form.firstWarmUp().toSeconds())
                .put("warmUpSeconds", form.warmUp().toSeconds())
                .put("seconds", form.time().toSeconds());
    }

    private static JsonObject row(String name, List<Sample> samples) {
        return new JsonObject().put("name", name).put("samples", array(samples.stream(), JsonReport::sample));
    }

    private static JsonObject sample(Sample sample) {
        JsonObject cpu = new JsonObject();
        for (Party party : Party.values()) {
            cpu.put(party.name().toLowerCase(Locale.ROOT), sample.cpuMicros(party));
        }
        JsonObject latency = new JsonObject();
        sample.latency().forEach((what, micros) -> latency.put(what, latency(micros)));
        JsonObject figures = new JsonObject();
        sample.figures().forEach(figures::put);
        return new JsonObject()
                .put("count", sample.count())
                .put("seconds", sample.elapsed().toNanos() / 1e9)
                .put("perSecond", sample.perSecond())
                .put("cpuMicros", cpu)
                .put("latencyMicros", latency)
                .put("figures", figures);
    }

    private static JsonObject latency(Latency latency) {
        return new JsonObject()
                .put("count", latency.count())
                .put("p50", latency.p50())
                .put("p90", latency.p90())
                .put("p99", latency.p99())
                .put("p999", latency.p999())
                .put("max", latency.max());
    }

    private static JsonObject finding(Finding finding) {
        return new JsonObject()
                .put("what", finding.what().trim())
                .put("values", new JsonArray(finding.values()))
                .put("atMost", finding.atMost())
                .put("holds", finding.holds());
    }

    private static JsonObject curve(Curve curve) {
        return new JsonObject()
                .put("axis", curve.axis())
                .put("gatewayExponent", curve.gatewayExponent())
                .put("redisExponent", curve.redisExponent())
                .put(
                        "points",
                        array(
                                curve.points().stream(),
                                point -> new JsonObject()
                                        .put("size", point.size())
                                        .put("samples", array(point.samples().stream(), JsonReport::sample))));
    }

    private static <T> JsonArray array(Stream<T> values, Function<T, JsonObject> json) {
        return new JsonArray(values.map(json).toList());
    }
}
