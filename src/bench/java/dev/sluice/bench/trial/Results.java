package dev.sluice.bench.trial;

import dev.sluice.bench.lab.Party;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The samples of all rounds, by row, in the order in which the rows were first measured. */
public final class Results {
    private final Map<String, List<Sample>> rows = new LinkedHashMap<>();

    public void add(Sample sample) {
        rows.computeIfAbsent(sample.name(), name -> new ArrayList<>()).add(sample);
    }

    public Set<String> names() {
        return rows.keySet();
    }

    /** One for each round that got that far. */
    public List<Sample> of(String name) {
        return rows.getOrDefault(name, List.of());
    }

    public Stream<Sample> all() {
        return rows.values().stream().flatMap(List::stream);
    }

    public List<Double> values(String name, ToDoubleFunction<Sample> figure) {
        return of(name).stream().mapToDouble(figure).boxed().toList();
    }

    public Spread spread(String name, ToDoubleFunction<Sample> figure) {
        return Spread.of(values(name, figure));
    }

    /** The sum of a party's CPU microseconds over some rows, round by round; empty if one of them was not measured. */
    public List<Double> sums(List<String> names, Party party) {
        int rounds = names.stream().mapToInt(name -> of(name).size()).min().orElse(0);
        return IntStream.range(0, rounds)
                .mapToDouble(round -> names.stream()
                        .mapToDouble(name -> of(name).get(round).cpuMicros(party))
                        .sum())
                .boxed()
                .toList();
    }

    /** A row's CPU over the sum of some others', round by round. */
    public List<Double> ratios(String name, List<String> over, Party party) {
        return quotients(values(name, sample -> sample.cpuMicros(party)), sums(over, party));
    }

    /** A row's figure over another row's, round by round. */
    public List<Double> ratios(String name, String over, ToDoubleFunction<Sample> figure) {
        return quotients(values(name, figure), values(over, figure));
    }

    private static List<Double> quotients(List<Double> of, List<Double> over) {
        return IntStream.range(0, Math.min(of.size(), over.size()))
                .filter(round -> over.get(round) > 0)
                .mapToObj(round -> of.get(round) / over.get(round))
                .toList();
    }
}
