package dev.sluice.bench.trial;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** A figure over the rounds. */
public record Spread(double min, double median, double max) {
    public static Spread of(Collection<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(sorted.get(0), median, sorted.get(sorted.size() - 1));
    }

    /** {@code median (min to max)}, all with the format of one number; of one value, that value. */
    public String text(String format) {
        if (min == max) {
            return number(format, median);
        }
        return "%s (%s to %s)".formatted(number(format, median), number(format, min), number(format, max));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
