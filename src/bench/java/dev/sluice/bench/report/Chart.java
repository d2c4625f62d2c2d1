package dev.sluice.bench.report;

import dev.sluice.bench.lab.Party;
import dev.sluice.bench.report.Svg.Anchor;
import dev.sluice.bench.scenario.Floor;
import dev.sluice.bench.scenario.OneWebhook;
import dev.sluice.bench.trial.Results;
import dev.sluice.bench.trial.Sample;
import dev.sluice.bench.trial.Spread;
import dev.sluice.bench.worker.Latency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The results as a picture: the floor beside Sluice, CPU a delivery by scenario, latencies by percentile. Bars and dots
 * are medians of the rounds; a thin line is their range.
 */
public final class Chart {
    private static final int WIDTH = 980;
    private static final int LEFT = 400;
    private static final int RIGHT = 860;
    private static final int ROW = 24;
    private static final int BAR = 14;

    /** A bar so many times as long as the middle one is cut, else it would flatten all others. */
    private static final double CUT = 4;

    /** Of the parts of the floor, in their order. */
    private static final List<String> COLOURS = List.of("c1", "c3", "c2", "c4");

    private final Results results;
    private final String machine;
    private final Svg svg = new Svg(WIDTH, "What a delivery costs in Sluice, beside the floor of its stack");
    private double y = 24;

    public Chart(Results results, String machine) {
        this.results = results;
        this.machine = machine;
    }

    /** The whole SVG document. */
    public String draw() {
        svg.text("s", Anchor.START, 16, y, machine);
        y += 12;
        floors();
        scenarios();
        latencies();
        return svg.toString(y);
    }

    private void floors() {
        double sluice = median(OneWebhook.SATURATED, Party.SUBJECT);
        if (results.sums(Floor.HTTP_CLIENT, Party.SUBJECT).isEmpty() || sluice == 0) {
            return;
        }
        heading("One event to one webhook: µs of CPU, beside the bare parts it is made of");
        double floor = Floor.HTTP_CLIENT.stream()
                .mapToDouble(name -> median(name, Party.SUBJECT))
                .sum();
        double scale = (RIGHT - LEFT) / Math.max(floor, sluice);
        stacked("floor of the gateway", Party.SUBJECT, scale);
        bar("Sluice, gateway", "c5", sluice, scale);
        stacked("floor of Redis", Party.REDIS, scale);
        bar("Sluice, Redis", "c5", median(OneWebhook.SATURATED, Party.REDIS), scale);
        double x = LEFT;
        for (String name : Floor.HTTP_CLIENT) {
            svg.rect(colour(name), x, y - 9, 10, 10);
            svg.text("s", Anchor.START, x + 14, y, name);
            x += 34 + 6.2 * name.length();
            if (x > RIGHT - 60) {
                x = LEFT;
                y += 18;
            }
        }
        y += 20;
    }

    private void stacked(String title, Party party, double scale) {
        double x = LEFT;
        double sum = 0;
        label(title);
        for (String name : Floor.HTTP_CLIENT) {
            double micros = median(name, party);
            svg.rect(colour(name), x, y - BAR + 3, micros * scale - 1, BAR);
            x += micros * scale;
            sum += micros;
        }
        value(x, sum);
    }

    private void bar(String title, String style, double micros, double scale) {
        label(title);
        svg.rect(style, LEFT, y - BAR + 3, micros * scale, BAR);
        value(LEFT + micros * scale, micros);
    }

    private void value(double x, double micros) {
        svg.text("v", Anchor.START, x + 6, y, number(micros));
        y += ROW;
    }

    private void scenarios() {
        List<String> names = names();
        if (names.isEmpty()) {
            return;
        }
        heading("By scenario: µs of CPU a delivery, gateway and Redis");
        List<Double> sums = names.stream()
                .map(name -> median(name, Party.SUBJECT) + median(name, Party.REDIS))
                .toList();
        double cut = CUT * Spread.of(sums).median();
        double longest =
                sums.stream().filter(sum -> sum <= cut).max(Double::compare).orElse(cut);
        double scale = (RIGHT - LEFT) / longest;
        for (String name : names) {
            scenario(name, longest, scale);
        }
        svg.rect("c1", LEFT, y - 9, 10, 10);
        svg.text("s", Anchor.START, LEFT + 14, y, "gateway");
        svg.rect("c2", LEFT + 80, y - 9, 10, 10);
        svg.text("s", Anchor.START, LEFT + 94, y, "Redis");
        y += 20;
    }

    private void scenario(String name, double longest, double scale) {
        label(name);
        Spread gateway = results.spread(name, sample -> sample.cpuMicros(Party.SUBJECT));
        double redis = median(name, Party.REDIS);
        double first = Math.min(gateway.median(), longest);
        double second = Math.min(redis, longest - first);
        svg.rect("c1", LEFT, y - BAR + 3, first * scale, BAR);
        svg.rect("c2", LEFT + first * scale + 1, y - BAR + 3, second * scale - 1, BAR);
        double middle = y - BAR / 2.0 + 3;
        if (gateway.max() <= longest) {
            svg.line("grid", LEFT + gateway.min() * scale, middle, LEFT + gateway.max() * scale, middle);
        }
        boolean isCut = gateway.median() + redis > longest;
        String text = "%s + %s%s".formatted(number(gateway.median()), number(redis), isCut ? ", cut" : "");
        svg.text("v", Anchor.START, LEFT + (first + second) * scale + 6, y, text);
        y += ROW;
    }

    private void latencies() {
        List<String> names = results.names().stream()
                .filter(name -> results.of(name).stream()
                        .anyMatch(sample -> !sample.latency().isEmpty()))
                .toList();
        if (names.isEmpty()) {
            return;
        }
        heading("Latency from when an event was due, ms: p50, p90, p99, p99.9");
        double top = y - 12;
        LogScale scale = LogScale.of(names.stream()
                .flatMap(name -> results.of(name).stream())
                .flatMap(sample -> sample.latency().values().stream())
                .flatMap(latency -> Stream.of(latency.p50(), latency.p999()))
                .map(micros -> micros / 1e3)
                .toList());
        for (String name : names) {
            Set<String> kinds = results.of(name).get(0).latency().keySet();
            kinds.forEach(kind -> latency(name, kind, scale));
        }
        for (double tick = scale.from(); tick <= scale.to() * 1.01; tick *= 10) {
            svg.line("grid", scale.x(tick), top, scale.x(tick), y - 14);
            svg.text("s", Anchor.MIDDLE, scale.x(tick), y + 2, number(tick));
        }
        y += 20;
    }

    private void latency(String name, String kind, LogScale scale) {
        label(name + ", " + kind);
        List<Double> points = Stream.<ToLongFunction<Latency>>of(
                        Latency::p50, Latency::p90, Latency::p99, Latency::p999)
                .map(percentile -> results.spread(
                                name,
                                sample ->
                                        percentile.applyAsLong(sample.latency().getOrDefault(kind, Latency.NONE)) / 1e3)
                        .median())
                .toList();
        String style = kind.equals(
                        results.of(name).get(0).latency().keySet().iterator().next())
                ? "c3"
                : "c1";
        double middle = y - 4;
        svg.line(style, scale.x(points.get(0)), middle, scale.x(points.get(points.size() - 1)), middle);
        for (int i = 0; i < points.size(); i++) {
            svg.dot(style, scale.x(points.get(i)), middle, 5 - i);
        }
        svg.text("v s", Anchor.START, RIGHT + 8, y, "%s / %s".formatted(number(points.get(0)), number(points.get(2))));
        y += ROW;
    }

    /** A scale of powers of ten. */
    private record LogScale(double from, double to) {
        static LogScale of(List<Double> values) {
            double least = values.stream()
                    .filter(value -> value > 0)
                    .min(Double::compare)
                    .orElse(1.0);
            double most = values.stream().max(Double::compare).orElse(1.0);
            double from = Math.pow(10, Math.floor(Math.log10(least)));
            return new LogScale(from, Math.max(from * 10, Math.pow(10, Math.ceil(Math.log10(Math.max(most, least))))));
        }

        double x(double value) {
            double share = Math.log10(Math.max(value, from) / from) / Math.log10(to / from);
            return LEFT + share * (RIGHT - LEFT);
        }
    }

    /** Rows of the gateway at full load, which have a price; the floors have a picture of their own. */
    private List<String> names() {
        return results.names().stream()
                .filter(name -> !Floor.HTTP_CLIENT.contains(name) && !Floor.WEB_CLIENT.contains(name))
                .filter(name -> results.of(name).stream()
                        .allMatch(sample -> sample.latency().isEmpty()))
                .toList();
    }

    private void heading(String text) {
        y += 22;
        svg.text("h", Anchor.START, 16, y, text);
        y += 26;
    }

    private void label(String text) {
        svg.text("", Anchor.END, LEFT - 8, y, text);
    }

    private double median(String name, Party party) {
        return results.of(name).isEmpty()
                ? 0
                : results.spread(name, (Sample sample) -> sample.cpuMicros(party))
                        .median();
    }

    private static String colour(String floor) {
        return COLOURS.get(Floor.HTTP_CLIENT.indexOf(floor));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    }
}
