package dev.sluice.testing;

import dev.sluice.source.RefusedRequest;
import dev.sluice.source.Sightings;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Counts in memory. Any thread. */
public final class RecordedSightings implements Sightings {
    private final List<String> lines = new ArrayList<>();
    private final Map<String, List<RefusedRequest>> refusals = new TreeMap<>();
    private final Map<String, Map<String, Rule>> rules = new TreeMap<>();

    @Override
    public synchronized void kept(String source, String type) {
        lines.add("kept " + source + " " + type);
    }

    @Override
    public synchronized void dropped(String source, String type) {
        lines.add("dropped " + source + " " + type);
    }

    @Override
    public synchronized void refused(String source) {
        lines.add("refused " + source);
    }

    @Override
    public synchronized void refused(String source, Supplier<RefusedRequest> request) {
        refusals.computeIfAbsent(source, first -> new ArrayList<>()).add(0, request.get());
    }

    @Override
    public synchronized Future<List<RefusedRequest>> refusals(String source) {
        return Future.succeededFuture(List.copyOf(refusals.getOrDefault(source, List.of())));
    }

    @Override
    public synchronized void ruled(String source, Set<String> matched, Set<String> unmatched) {
        matched.forEach(rule -> count(source, new Rule(rule, 1, 0)));
        unmatched.forEach(rule -> count(source, new Rule(rule, 0, 1)));
    }

    private void count(String source, Rule one) {
        rules.computeIfAbsent(source, first -> new TreeMap<>())
                .merge(
                        one.rule(),
                        one,
                        (a, b) -> new Rule(a.rule(), a.matched() + b.matched(), a.unmatched() + b.unmatched()));
    }

    /** As {@code kept strapi entry.create}, in the order in which they came. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public synchronized Future<Seen> of(String source) {
        Map<String, Type> types = new TreeMap<>();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            if (words.length == 3 && words[1].equals(source)) {
                boolean isKept = words[0].equals("kept");
                Type one = new Type(words[2], isKept ? 1 : 0, isKept ? 0 : 1, Instant.EPOCH);
                types.merge(
                        words[2],
                        one,
                        (a, b) -> new Type(a.type(), a.kept() + b.kept(), a.dropped() + b.dropped(), a.lastAt()));
            }
        }
        long refused = lines.stream().filter(("refused " + source)::equals).count();
        return Future.succeededFuture(new Seen(
                List.copyOf(types.values()),
                refused,
                refused == 0 ? null : Instant.EPOCH,
                0,
                0,
                null,
                List.copyOf(rules.getOrDefault(source, Map.of()).values())));
    }
}
