package dev.sluice.bench.report;

import dev.sluice.bench.lab.Party;
import dev.sluice.bench.scenario.Floor;
import dev.sluice.bench.trial.Figure;
import dev.sluice.bench.trial.Finding;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Sample;
import dev.sluice.bench.trial.Spread;
import dev.sluice.bench.worker.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results as text: every figure is the median of the rounds, with the least and the greatest. */
public final class Report {
    private static final String MICROS = "%.1f";
    private static final String NONE = "-";

    /** From here on a process with one event loop is what limits the rate. */
    private static final double BUSY = 0.9;

    private final Results results;
    private final List<Finding> findings;
    private final boolean isWarm;

    /** @param isWarm whether budgets can be judged */
    public Report(Results results, List<Finding> findings, boolean isWarm) {
        this.results = results;
        this.findings = findings;
        this.isWarm = isWarm;
    }

    @Override
    public String toString() {
        return Stream.of(costs(), latencies(), conclusions(), String.join("\n", notes()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private String costs() {
        if (results.names().isEmpty()) {
            return "";
        }
        Table table = new Table();
        table.line(cells("", "per second", Stream.of(Party.values()).map(party -> "CPU us: " + party.title())));
        for (String name : results.names()) {
            String rate = results.spread(name, Sample::perSecond).text("%,.0f");
            table.line(cells(name, rate, Stream.of(Party.values()).map(party -> cpu(name, party))));
        }
        floor(table, "floor: server, HttpClient, Redis", Floor.HTTP_CLIENT);
        floor(table, "floor: server, WebClient, Redis", Floor.WEB_CLIENT);
        return table.toString();
    }

    private String cpu(String name, Party party) {
        Spread spread = results.spread(name, sample -> sample.cpuMicros(party));
        return spread.max() == 0 ? NONE : spread.text(MICROS);
    }

    /** Only where all its parts were measured. */
    private void floor(Table table, String title, List<String> names) {
        List<Double> subject = results.sums(names, Party.SUBJECT);
        if (!subject.isEmpty()) {
            table.line(List.of(title, NONE, text(subject, MICROS), text(results.sums(names, Party.REDIS), MICROS)));
        }
    }

    private String latencies() {
        if (results.all().allMatch(sample -> sample.latency().isEmpty())) {
            return "";
        }
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

    private String conclusions() {
        Table table = new Table();
        table.line(List.of("", "median (min to max)", "budget", ""));
        for (Finding finding : findings) {
            table.line(List.of(
                    finding.what(),
                    text(finding.values(), "%.2f"),
                    finding.atMost() == null ? "" : String.format(Locale.ROOT, "%.2f", finding.atMost()),
                    verdict(finding)));
        }
        return findings.isEmpty() ? "" : table.toString();
    }

    private String verdict(Finding finding) {
        if (!isWarm || finding.atMost() == null || finding.values().isEmpty()) {
            return "";
        }
        return finding.holds() ? "within" : "OVER";
    }

    /** What a reader of the figures has to know. */
    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (String name : results.names()) {
            note(notes, name, Figure.REFUSED, "%s: %,.0f events were refused");
            note(notes, name, Figure.UNANSWERED, "%s: %,.0f events were never answered");
            note(notes, name, Figure.UNSENT, "%s: %,.0f events could not be sent at the rate");
            if (results.of(name).stream().anyMatch(sample -> sample.figure(Figure.BACKLOG) > sample.perSecond())) {
                note(notes, name, Figure.BACKLOG, "%s: %,.0f deliveries were still to come when the load ended");
            }
            busy(notes, name, Map.of(Party.LOAD, "load", Party.RECEIVER, "receiver"));
        }
        return notes;
    }

    private void note(List<String> notes, String name, Figure figure, String text) {
        double most = results.spread(name, sample -> sample.figure(figure)).max();
        if (most > 0) {
            notes.add("note: at most in a round, " + String.format(Locale.ROOT, text, name, most));
        }
    }

    private void busy(List<String> notes, String name, Map<Party, String> parties) {
        parties.forEach((party, title) -> {
            if (results.of(name).stream().anyMatch(sample -> sample.processors(party) > BUSY)) {
                notes.add("note: %s: the %s was saturated, and may be what limited the rate".formatted(name, title));
            }
        });
    }

    private static List<String> cells(String first, String second, Stream<String> others) {
        return Stream.concat(Stream.of(first, second), others).toList();
    }

    private static String text(List<Double> values, String format) {
        return values.isEmpty() ? NONE : Spread.of(values).text(format);
    }
}
