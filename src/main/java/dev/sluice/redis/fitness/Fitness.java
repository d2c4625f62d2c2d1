package dev.sluice.redis.fitness;

import dev.sluice.redis.trouble.Trouble;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What keeps Redis from what is promised, each with a sentence for the operator.
 *
 * @param memoryShare of maxmemory that is used, 0 without a limit
 */
record Fitness(Map<Trouble, String> troubles, double memoryShare) {
    /** What is left is for deliveries that are parked, settled and tried again. */
    static final double CLOSES_AT = 0.9;

    /** Lower, so that ingest does not open and close with each event. */
    static final double OPENS_AT = 0.88;

    /** With these a start makes promises that do not hold; the others pass by themselves. */
    private static final Set<Trouble> UNFIT = Set.of(Trouble.EVICTS, Trouble.NOT_ON_DISK, Trouble.FEW_REPLICAS);

    private static final Set<Trouble> AWAY =
            Set.of(Trouble.AWAY, Trouble.LOADING, Trouble.CLUSTER, Trouble.NO_MASTER, Trouble.READ_ONLY);

    static final Fitness UNKNOWN = new Fitness(Map.of(), 0);

    static Fitness without(Trouble trouble, String reason) {
        return new Fitness(Map.of(trouble, reason), 0);
    }

    /** @param fsync the value of appendfsync; always: Redis answers after its disk has it */
    static Fitness of(Vitals vitals, Needs needs, String fsync, Fitness former) {
        Map<Trouble, String> troubles = new EnumMap<>(Trouble.class);
        if (!needs.mayEvict() && !vitals.policy().equals("noeviction")) {
            troubles.put(
                    Trouble.EVICTS,
                    "%s: maxmemory-policy is %s (expected: noeviction, to be set in Redis; or redis.allowEviction: true for whoever takes the loss)"
                            .formatted(Trouble.EVICTS.sentence(), vitals.policy()));
        }
        boolean syncs = vitals.hasAppendOnlyFile() && fsync.equals("always");
        if (needs.disk() && !syncs && !vitals.waitsForDisk()) {
            troubles.put(
                    Trouble.NOT_ON_DISK,
                    "%s: Redis %s, appendonly %s, appendfsync %s (expected with journal.durability fsync: appendonly yes, and appendfsync always or Redis 7.2)"
                            .formatted(
                                    Trouble.NOT_ON_DISK.sentence(),
                                    vitals.version(),
                                    vitals.hasAppendOnlyFile() ? "yes" : "no",
                                    fsync));
        }
        if (vitals.replicas() < needs.replicas()) {
            troubles.put(Trouble.FEW_REPLICAS, few(vitals.replicas(), needs));
        }
        double share = vitals.memoryShare();
        boolean wasShort = former.troubles.containsKey(Trouble.SHORT_OF_MEMORY);
        if (share > (wasShort ? OPENS_AT : CLOSES_AT)) {
            troubles.put(
                    Trouble.SHORT_OF_MEMORY,
                    String.format(
                            Locale.ROOT,
                            "%s (used of maxmemory: %.0f %%, expected: less than %.0f %%)",
                            Trouble.SHORT_OF_MEMORY.sentence(),
                            100 * share,
                            100 * OPENS_AT));
        }
        return new Fitness(troubles, share);
    }

    /**
     * Of all servers together. Those that cannot be reached keep nobody from the others.
     *
     * @param each by the name of the server, which is empty where there is only one
     */
    static Fitness ofAll(Map<String, Fitness> each) {
        if (each.size() == 1) {
            return each.values().iterator().next();
        }
        boolean allAway = each.values().stream().allMatch(Fitness::isAway);
        Map<Trouble, String> troubles = new EnumMap<>(Trouble.class);
        double share = 0;
        for (Map.Entry<String, Fitness> one : each.entrySet()) {
            boolean isPart = one.getValue().isAway() && !allAway;
            one.getValue()
                    .troubles()
                    .forEach((trouble, reason) -> troubles.merge(
                            isPart ? Trouble.PART_AWAY : trouble,
                            one.getKey() + ": " + reason,
                            (first, second) -> first + "; " + second));
            share = Math.max(share, one.getValue().memoryShare());
        }
        return new Fitness(troubles, share);
    }

    /** Some of what was written did not get through, though the servers that are known answer. */
    Fitness inPart() {
        Map<Trouble, String> more = new EnumMap<>(Trouble.class);
        more.putAll(troubles);
        more.putIfAbsent(Trouble.PART_AWAY, Trouble.PART_AWAY.sentence());
        return new Fitness(more, memoryShare);
    }

    /** It cannot be reached or does nothing, so that nothing can be said of it. */
    private boolean isAway() {
        return troubles.keySet().stream().anyMatch(AWAY::contains);
    }

    private static String few(int found, Needs needs) {
        return "%s: %d have what is written (expected with journal.durability replicas: %d)"
                .formatted(Trouble.FEW_REPLICAS.sentence(), found, needs.replicas());
    }

    /** What was written last did not get as far as is promised. */
    Fitness notReached(int reached, Needs needs) {
        Map<Trouble, String> more = new EnumMap<>(Trouble.class);
        more.putAll(troubles);
        if (needs.replicas() > 0) {
            more.putIfAbsent(Trouble.FEW_REPLICAS, few(reached, needs));
        } else {
            more.putIfAbsent(Trouble.NOT_ON_DISK, "the disk of Redis did not take a write in " + needs.patience());
        }
        return new Fitness(more, memoryShare);
    }

    /** Events may be taken. */
    boolean isFit() {
        return troubles.keySet().stream().allMatch(Trouble.PART_AWAY::equals);
    }

    boolean mayStart() {
        return troubles.keySet().stream().noneMatch(UNFIT::contains);
    }

    List<String> reasons() {
        Collection<String> reasons = troubles.values();
        return List.copyOf(reasons);
    }
}
