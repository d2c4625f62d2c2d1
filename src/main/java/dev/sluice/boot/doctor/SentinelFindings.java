package dev.sluice.boot.doctor;

import dev.sluice.redis.fitness.SentinelCheckup;
import java.util.List;

/** What to think of the Sentinels that were asked. */
final class SentinelFindings {
    private SentinelFindings() {}

    static List<Finding> of(List<SentinelCheckup> all) {
        boolean agree = all.stream()
                        .filter(one -> one.away() == null)
                        .map(SentinelCheckup::master)
                        .distinct()
                        .count()
                <= 1;
        return all.stream().map(one -> of(one, agree)).toList();
    }

    private static Finding of(SentinelCheckup one, boolean agree) {
        String name = "redis sentinel " + one.sentinel();
        if (one.away() != null) {
            return Finding.care(
                    name, one.away(), "see whether it runs: no replica takes over while half of them are away");
        }
        String found = "names %s as the master; %s".formatted(one.master(), one.quorum());
        if (!one.hasQuorum()) {
            return Finding.wrong(
                    name, found, "no replica takes over when the master dies: start the Sentinels that are away");
        }
        return Finding.of(
                name, found, agree, "they name different masters: a failover goes on, or one of them is cut off");
    }
}
