package dev.sluice.chaos;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What became of all that was accepted, and during which trouble. For the thread of the test. */
final class StormLedger {
    private static final String TWO = "two at a time";
    private static final String CALM = "nothing yet";

    private final Scenario scenario;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, Set<String>> dead = new ConcurrentHashMap<>();
    /** Events with a number below it were accepted before Redis lost all of its data. */
    private final TreeMap<Integer, Integer> generations = new TreeMap<>(Map.of(0, 0));

    private Count last = new Count(0, 0, 0);

    private record Count(int accepted, int refused, int repeated) {
        Count minus(Count other) {
            return new Count(accepted - other.accepted, refused - other.refused, repeated - other.repeated);
        }

        Count plus(Count other) {
            return new Count(accepted + other.accepted, refused + other.refused, repeated + other.repeated);
        }
    }

    /** @param longest until events were accepted and delivered again */
    private record Row(int times, Count count, Duration longest) {
        Row plus(Row other) {
            return new Row(
                    times + other.times,
                    count.plus(other.count),
                    longest.compareTo(other.longest) > 0 ? longest : other.longest);
        }
    }

    /**
     * Of one webhook.
     *
     * @param flushed accepted, and not delivered when Redis lost its data
     */
    record Outcome(int accepted, int delivered, int dead, int lost, int flushed, int repeated, long outOfOrder) {}

    StormLedger(Scenario scenario) {
        this.scenario = scenario;
    }

    private Count count() {
        int repeated = scenario.receiver.inboxes().stream()
                .mapToInt(Receiver.Inbox::repeated)
                .sum();
        return new Count(scenario.producers.accepted.size(), scenario.producers.refused.get(), repeated);
    }

    /** Nothing has gone wrong yet. */
    void calm() {
        note(CALM, 0, Duration.ZERO);
    }

    void round(List<Trouble> troubles, Duration untilWell) {
        note(troubles.size() == 1 ? troubles.get(0).name() : TWO, troubles.size(), untilWell);
    }

    private void note(String name, int times, Duration untilWell) {
        Count now = count();
        rows.merge(name, new Row(times, now.minus(last), untilWell), Row::plus);
        last = now;
    }

    int troubles() {
        return rows.values().stream().mapToInt(Row::times).sum();
    }

    /** @param deadOf the events of its dead letters, before they are lost with everything else */
    void flushed(int firstNumberAfter, Map<String, Set<String>> deadOf) {
        died(deadOf);
        generations.put(firstNumberAfter, generations.size());
    }

    void died(Map<String, Set<String>> events) {
        events.forEach((webhook, ids) -> dead.computeIfAbsent(webhook, first -> ConcurrentHashMap.newKeySet())
                .addAll(ids));
    }

    private int generation(int number) {
        return generations.floorEntry(number).getValue();
    }

    Outcome outcome(String webhook) {
        Receiver.Inbox inbox = scenario.receiver.inbox(webhook);
        Set<String> died = dead.getOrDefault(webhook, Set.of());
        int newest = generations.size() - 1;
        int[] counts = new int[4]; // delivered, dead, lost, flushed
        scenario.producers.accepted.forEach((number, id) -> {
            boolean isOld = generation(number) < newest;
            int at = inbox.taken.containsKey(id) ? 0 : died.contains(id) ? 1 : isOld ? 3 : 2;
            counts[at]++;
        });
        return new Outcome(
                scenario.producers.accepted.size(),
                counts[0],
                counts[1],
                counts[2],
                counts[3],
                inbox.repeated(),
                outOfOrder(inbox));
    }

    /** Events that came for the first time behind a later one of their key, both accepted by the same data of Redis. */
    private long outOfOrder(Receiver.Inbox inbox) {
        long late = 0;
        for (List<Integer> numbers : inbox.numbersByKey.values()) {
            Map<Integer, Integer> newest = new HashMap<>();
            for (int number : numbers) {
                late += number < newest.merge(generation(number), number, Math::max) ? 1 : 0;
            }
        }
        return late;
    }

    void print(String title, String... webhooks) {
        System.out.println(title);
        System.out.println(
                "| fault                                      | times | accepted | refused | repeated | well after s |");
        System.out.println(
                "|--------------------------------------------|-------|----------|---------|----------|--------------|");
        rows.forEach((name, row) -> System.out.printf(
                Locale.ROOT,
                "| %-42s | %5d | %8d | %7d | %8d | %12.1f |%n",
                name,
                row.times(),
                row.count().accepted(),
                row.count().refused(),
                row.count().repeated(),
                row.longest().toMillis() / 1000.0));
        System.out.println(
                "| webhook  | accepted | delivered | dead | lost | lost with a flush | repeated | out of order |");
        System.out.println(
                "|----------|----------|-----------|------|------|-------------------|----------|--------------|");
        for (String webhook : webhooks) {
            Outcome all = outcome(webhook);
            System.out.printf(
                    "| %-8s | %8d | %9d | %4d | %4d | %17d | %8d | %12s |%n",
                    webhook,
                    all.accepted(),
                    all.delivered(),
                    all.dead(),
                    all.lost(),
                    all.flushed(),
                    all.repeated(),
                    webhook.equals(Storm.ORDERED) ? all.outOfOrder() : "");
        }
        System.out.printf("faults %d, answers %s%n", troubles(), scenario.producers.answers);
    }
}
