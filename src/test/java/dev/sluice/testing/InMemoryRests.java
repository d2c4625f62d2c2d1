package dev.sluice.testing;

import dev.sluice.delivery.LaneKey;
import dev.sluice.delivery.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What endpoints said of when they want the next attempt, and how much of it one pod was told. By shard. */
final class InMemoryRests {
    private final Map<Integer, List<Asked>> rests;
    private final Map<Integer, Integer> told = new HashMap<>();

    /** @param until when its endpoint wants the next attempt */
    record Asked(LaneKey lane, long until) {}

    InMemoryRests() {
        this(new HashMap<>());
    }

    private InMemoryRests(Map<Integer, List<Asked>> rests) {
        this.rests = rests;
    }

    /** As a pod has them that was told nothing. */
    InMemoryRests ofAnotherPod() {
        return new InMemoryRests(rests);
    }

    /** The longest that any of these asks for. */
    static Duration longest(List<Outcome> outcomes) {
        return outcomes.stream()
                .map(InMemoryRests::rest)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private static Duration rest(Outcome outcome) {
        if (outcome instanceof Outcome.Park park) {
            return park.rest();
        }
        return outcome instanceof Outcome.Bury bury ? bury.rest() : Duration.ZERO;
    }

    void add(int shard, LaneKey lane, long until) {
        rests.computeIfAbsent(shard, first -> new ArrayList<>()).add(new Asked(lane, until));
    }

    boolean isQuiet(int shard) {
        return rests.getOrDefault(shard, List.of()).size() <= told.getOrDefault(shard, 0);
    }

    List<Asked> untold(int shard, int limit) {
        List<Asked> all = rests.getOrDefault(shard, List.of());
        int from = told.getOrDefault(shard, 0);
        List<Asked> untold = List.copyOf(all.subList(from, Math.min(all.size(), from + limit)));
        told.merge(shard, untold.size(), Integer::sum);
        return untold;
    }

    /** The pod is told everything again. */
    void forget() {
        told.clear();
    }
}
