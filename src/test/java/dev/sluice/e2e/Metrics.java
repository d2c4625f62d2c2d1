package dev.sluice.e2e;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One page in the Prometheus text format. */
final class Metrics {
    private static final Pattern LABEL = Pattern.compile("[{,](\\w+)=\"");

    private final List<String> samples;

    Metrics(String page) {
        samples = page.lines().filter(line -> !line.startsWith("#")).toList();
    }

    /** Over all label values; 0 if there is none. */
    double of(String name) {
        return samples.stream()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** The names of all labels of the metrics whose names begin so. */
    Set<String> labels(String prefix) {
        Set<String> labels = new TreeSet<>();
        samples.stream()
                .filter(line -> line.startsWith(prefix))
                .flatMap(line -> LABEL.matcher(line).results())
                .map(MatchResult::group)
                .map(label -> label.replaceAll("\\W", ""))
                .forEach(labels::add);
        return labels;
    }

    /** How many lines there are. */
    int size() {
        return samples.size();
    }

    double sum(String... names) {
        return Arrays.stream(names).mapToDouble(this::of).sum();
    }
}
