package dev.sluice.bench.report;

import dev.sluice.bench.lab.Party;
import dev.sluice.bench.sweep.Curve;
import dev.sluice.bench.trial.Figure;
import dev.sluice.bench.trial.Sample;
import dev.sluice.bench.trial.Spread;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Cost over size as text, medians of the rounds. */
public final class SweepReport {
    private final List<Curve> curves;

    public SweepReport(List<Curve> curves) {
        this.curves = curves;
    }

    @Override
    public String toString() {
        Table table = new Table();
        table.line(List.of(
                "",
                "size",
                "per second",
                "us a delivery: gateway",
                "Redis",
                "live heap MB",
                "Redis MB",
                "exponent: gateway",
                "Redis"));
        for (Curve curve : curves) {
            int last = curve.points().size() - 1;
            for (int i = 0; i <= last; i++) {
                Curve.Point point = curve.points().get(i);
                table.line(List.of(
                        i == 0 ? curve.axis() : "",
                        number("%,.0f", (double) point.size()),
                        median("%,.0f", point, Sample::perSecond),
                        number("%.1f", point.cpuMicros(Party.SUBJECT)),
                        number("%.1f", point.cpuMicros(Party.REDIS)),
                        median("%.0f", point, sample -> sample.figure(Figure.LIVE_HEAP_MB)),
                        median("%.0f", point, sample -> sample.figure(Figure.REDIS_MB)),
                        i == last ? number("%.3f", curve.gatewayExponent()) : "",
                        i == last ? number("%.3f", curve.redisExponent()) : ""));
            }
        }
        return table.toString();
    }

    private static String median(String format, Curve.Point point, ToDoubleFunction<Sample> figure) {
        return number(
                format,
                Spread.of(point.samples().stream().mapToDouble(figure).boxed().toList())
                        .median());
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
