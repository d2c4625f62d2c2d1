package dev.sluice.bench;

import dev.sluice.bench.worker.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** The results as text: every figure is the median of the rounds, with the least and the greatest. */
final class Report {
    /** What one event to one webhook cannot do without. */
    private static final List<String> FLOOR =
            List.of(BareServer.NAME, BareClient.HTTP_CLIENT, PipelinedRedis.APPEND, PipelinedRedis.READ);

    private static final List<String> FLOOR_WITH_WEB_CLIENT =
            List.of(BareServer.NAME, BareClient.WEB_CLIENT, PipelinedRedis.APPEND, PipelinedRedis.READ);

    private static final String MICROS = "%.1f";
    private static final String NONE = "-";

    /** From here on a process with one event loop is what limits the rate. */
    private static final double BUSY = 0.9;

    private final Results results;

    Report(Results results) {
        this.results = results;
    }

    @Override
    public String toString() {
        return String.join("\n", costs(), latencies(), conclusion());
    }

    private String costs() {
        Table table = new Table();
        table.line(cells("", "per second", Stream.of(Party.values()).map(party -> "CPU us: " + party.title())));
        for (String name : results.names()) {
            String rate = results.spread(name, Sample::perSecond).text("%,.0f");
            table.line(cells(name, rate, Stream.of(Party.values()).map(party -> cpu(name, party))));
        }
        table.line(floor("floor: server, HttpClient, Redis", FLOOR));
        table.line(floor("floor: server, WebClient, Redis", FLOOR_WITH_WEB_CLIENT));
        return table.toString();
    }

    private String cpu(String name, Party party) {
        Spread spread = results.spread(name, sample -> sample.cpuMicros(party));
        return spread.max() == 0 ? NONE : spread.text(MICROS);
    }

    private List<String> floor(String title, List<String> names) {
        return List.of(
                title,
                NONE,
                text(results.sums(names, Party.SUBJECT), MICROS),
                text(results.sums(names, Party.REDIS), MICROS));
    }

    private String latencies() {
        Table table = new Table();
        table.line(List.of("ms from when an event was due", "p50", "p90", "p99", "p99.9", "max"));
        for (String name : results.names()) {
            results.of(name).stream()
                    .limit(1)
                    .flatMap(sample -> sample.latency().keySet().stream())
                    .forEach(what -> table.line(latency(name, what)));
        }
        return table.toString();
    }

    private List<String> latency(String name, String what) {
        Stream<ToLongFunction<Latency>> percentiles =
                Stream.of(Latency::p50, Latency::p90, Latency::p99, Latency::p999, Latency::max);
        List<String> cells = new ArrayList<>(List.of(name + ", " + what));
        percentiles
                .map(percentile -> results.spread(
                        name,
                        sample -> percentile.applyAsLong(sample.latency().getOrDefault(what, Latency.NONE)) / 1e3))
                .map(spread -> spread.text("%.2f"))
                .forEach(cells::add);
        return cells;
    }

    private String conclusion() {
        Table table = new Table();
        String sluice = OneWebhook.SATURATED;
        table.line(List.of(
                "gateway CPU per delivered event / floor", text(results.ratios(sluice, FLOOR, Party.SUBJECT), "%.2f")));
        table.line(List.of(
                "  with the WebClient in the floor",
                text(results.ratios(sluice, FLOOR_WITH_WEB_CLIENT, Party.SUBJECT), "%.2f")));
        table.line(List.of(
                "Redis CPU per delivered event / floor", text(results.ratios(sluice, FLOOR, Party.REDIS), "%.2f")));
        return table + String.join("\n", notes());
    }

    /** What a reader of the figures has to know. */
    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        results.names().stream().flatMap(name -> results.of(name).stream()).forEach(sample -> {
            if (sample.backlog() > sample.perSecond()) {
                notes.add("note: %s: %,d events were still to be delivered when the load ended"
                        .formatted(sample.name(), sample.backlog()));
            }
            if (sample.unsent() > 0) {
                notes.add(
                        "note: %s: %,d events could not be sent at the rate".formatted(sample.name(), sample.unsent()));
            }
            Map.of(Party.LOAD, "load", Party.RECEIVER, "receiver").forEach((party, name) -> {
                if (sample.processors(party) > BUSY) {
                    notes.add("note: %s: the %s was saturated, and may be what limited the rate"
                            .formatted(sample.name(), name));
                }
            });
        });
        return notes.stream().distinct().toList();
    }

    private static List<String> cells(String first, String second, Stream<String> others) {
        return Stream.concat(Stream.of(first, second), others).toList();
    }

    private static String text(List<Double> values, String format) {
        return values.isEmpty() ? NONE : Spread.of(values).text(format);
    }
}
