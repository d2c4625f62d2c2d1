package dev.sluice.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The samples of all rounds, by row, in the order in which the rows were first measured. */
final class Results {
    private final Map<String, List<Sample>> rows = new LinkedHashMap<>();

    void add(Sample sample) {
        rows.computeIfAbsent(sample.name(), name -> new ArrayList<>()).add(sample);
    }

    Set<String> names() {
        return rows.keySet();
    }

    /** One for each round that got that far. */
    List<Sample> of(String name) {
        return rows.getOrDefault(name, List.of());
    }

    Spread spread(String name, ToDoubleFunction<Sample> figure) {
        return Spread.of(of(name).stream().mapToDouble(figure).boxed().toList());
    }

    /** The sum of a party's CPU microseconds an event over some rows, round by round. */
    List<Double> sums(List<String> names, Party party) {
        int rounds = names.stream().mapToInt(name -> of(name).size()).min().orElse(0);
        return IntStream.range(0, rounds)
                .mapToDouble(round -> names.stream()
                        .mapToDouble(name -> of(name).get(round).cpuMicros(party))
                        .sum())
                .boxed()
                .toList();
    }

    /** A row's CPU an event over the sum of some others', round by round. */
    List<Double> ratios(String name, List<String> over, Party party) {
        List<Double> floors = sums(over, party);
        return IntStream.range(0, Math.min(floors.size(), of(name).size()))
                .mapToObj(round -> of(name).get(round).cpuMicros(party) / floors.get(round))
                .toList();
    }
}
