package dev.sluice.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Samples of what may grow: the mean of the last third of the time against that of the second. The first is for warming up. */
final class Growth {
    /** Beyond this share of what it was, and beyond what each may vary by, something grows. */
    private static final double SHARE = 0.1;

    private final Map<String, List<Long>> samples = new LinkedHashMap<>();
    private final Map<String, Long> slack;

    /** @param slack by which a mean may be higher, however little there is */
    Growth(Map<String, Long> slack) {
        this.slack = slack;
    }

    private record Row(String name, double second, double last, double most) {
        boolean grows() {
            return last > most;
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "| %-34s | %12.0f | %10.0f | %+8.1f %% |",
                    name,
                    second,
                    last,
                    100 * (last / second - 1));
        }
    }

    void sample(Map<String, Long> values) {
        values.forEach((name, value) ->
                samples.computeIfAbsent(name, first -> new ArrayList<>()).add(value));
    }

    private List<Row> rows() {
        return samples.entrySet().stream()
                .map(each -> row(each.getKey(), each.getValue()))
                .toList();
    }

    private Row row(String name, List<Long> values) {
        int third = values.size() / 3;
        double second = mean(values.subList(third, 2 * third));
        double last = mean(values.subList(2 * third, values.size()));
        return new Row(name, second, last, second * (1 + SHARE) + slack.getOrDefault(name, 0L));
    }

    private static double mean(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).average().orElse(0);
    }

    void print() {
        System.out.println("| what                               | second third | last third | more       |");
        System.out.println("|------------------------------------|--------------|------------|------------|");
        rows().forEach(row -> System.out.println(row.line()));
    }

    List<String> growing() {
        return rows().stream().filter(Row::grows).map(Row::line).toList();
    }
}
