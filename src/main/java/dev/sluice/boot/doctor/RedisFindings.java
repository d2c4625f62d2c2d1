package dev.sluice.boot.doctor;

import dev.sluice.redis.fitness.Checkup;
import dev.sluice.redis.fitness.Needs;
import dev.sluice.redis.fitness.Vitals;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What to think of a server that was looked at. */
final class RedisFindings {
    private static final Duration SLOW = Duration.ofMillis(5);
    private static final Duration SKEW = Duration.ofSeconds(1);
    private static final double FULL = 0.8;
    private static final int SLOTS = 16_384;

    private final String name;
    private final Vitals vitals;
    private final Needs needs;

    private RedisFindings(String name, Vitals vitals, Needs needs) {
        this.name = name;
        this.vitals = vitals;
        this.needs = needs;
    }

    static List<Finding> of(Checkup checkup, Needs needs) {
        String name = checkup.server().isEmpty() ? "redis" : "redis " + checkup.server();
        if (checkup.away() != null) {
            return List.of(Finding.wrong(
                    name, checkup.away(), "what lies there waits until it is back, or until a replica takes over"));
        }
        RedisFindings of = new RedisFindings(name, checkup.vitals(), needs);
        return of.all(checkup);
    }

    private List<Finding> all(Checkup checkup) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.well(name, vitals.fact("redis_version") + ", " + vitals.fact("redis_mode")));
        if (vitals.isOfCluster()) {
            findings.add(cluster());
        }
        findings.add(persistence());
        findings.add(disk());
        findings.add(replicas());
        findings.add(policy());
        findings.add(memory());
        findings.add(Finding.of(
                name + " latency",
                millis(checkup.usual()),
                checkup.usual().compareTo(SLOW) < 0,
                "each event waits for a few of these: bring Sluice nearer to Redis, or look at SLOWLOG and its CPU"));
        findings.add(Finding.of(
                name + " clock",
                "%s from this machine's".formatted(millis(checkup.ahead())),
                checkup.ahead().abs().compareTo(SKEW) < 0,
                "delays are told by both clocks: have them both kept by NTP"));
        return findings;
    }

    /** As this node sees it. */
    private Finding cluster() {
        long served = vitals.number("cluster_slots_ok");
        String state = vitals.fact("cluster_state");
        return state.equals("ok") && served == SLOTS
                ? Finding.well(name + " cluster", "all slots are served")
                : Finding.wrong(
                        name + " cluster",
                        "state %s, %d of %d slots are served".formatted(state, served, SLOTS),
                        "start the masters that are away, or give their slots to others: redis-cli --cluster check");
    }

    private Finding persistence() {
        boolean isLogged = vitals.hasAppendOnlyFile();
        return found(
                "persistence",
                isLogged ? "append-only file" : "no append-only file",
                isLogged,
                needs.disk(),
                "a restart of Redis loses what came since its last snapshot: appendonly yes");
    }

    /** What a server does not tell is not held against it. */
    private Finding disk() {
        boolean hasFailed = Stream.of("aof_last_write_status", "aof_last_bgrewrite_status", "rdb_last_bgsave_status")
                .anyMatch(status -> vitals.fact(status).equals("err"));
        return hasFailed
                ? Finding.wrong(name + " disk", "the last write failed", "make room for it; the log of Redis says why")
                : Finding.well(name + " disk", "written to");
    }

    private Finding replicas() {
        List<Vitals> all = vitals.eachReplica();
        long linked = all.stream()
                .filter(replica -> replica.fact("state").equals("online"))
                .count();
        return found(
                "replicas",
                linked == all.size() ? String.valueOf(linked) : "%d of %d have caught up".formatted(linked, all.size()),
                linked > 0 && linked >= needs.replicas(),
                linked < needs.replicas(),
                needs.replicas() > linked
                        ? "journal.replicas wants %d, events are refused: start those that are away"
                                .formatted(needs.replicas())
                        : "when this server dies everything waits for it: give it a replica, with Sentinels or as a cluster");
    }

    private Finding policy() {
        return found(
                "policy",
                vitals.policy(),
                vitals.policy().equals("noeviction"),
                !needs.mayEvict(),
                "a full Redis throws away what waits: set maxmemory-policy noeviction");
    }

    private Finding memory() {
        if (vitals.number("maxmemory") == 0) {
            return Finding.care(
                    name + " memory",
                    "no limit",
                    "set maxmemory below what the machine has: Sluice refuses events in time, the machine would kill Redis");
        }
        return Finding.of(
                name + " memory",
                String.format(Locale.ROOT, "%.0f %% of maxmemory", 100 * vitals.memoryShare()),
                vitals.memoryShare() < FULL,
                "at 90 % events are refused: raise maxmemory, or find what is parked (sluice_deliveries_waiting_bytes)");
    }

    /** @param isNeeded by the settings, so that it does not work without */
    private Finding found(String what, String found, boolean isWell, boolean isNeeded, String todo) {
        return isWell || !isNeeded
                ? Finding.of(name + " " + what, found, isWell, todo)
                : Finding.wrong(name + " " + what, found, todo);
    }

    private static String millis(Duration duration) {
        return duration.truncatedTo(ChronoUnit.MICROS).toNanos() / 1e6 + " ms";
    }
}
