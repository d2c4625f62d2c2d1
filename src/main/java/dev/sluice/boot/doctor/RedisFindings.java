package dev.sluice.boot.doctor;

import dev.sluice.redis.fitness.Checkup;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What to think of a server that was looked at. */
final class RedisFindings {
    private static final Duration SLOW = Duration.ofMillis(5);
    private static final Duration SKEW = Duration.ofSeconds(1);
    private static final double FULL = 0.8;

    private RedisFindings() {}

    static List<Finding> of(Checkup checkup) {
        List<Finding> findings = new ArrayList<>();
        String name = checkup.server().isEmpty() ? "redis" : "redis " + checkup.server();
        findings.add(Finding.well(name, checkup.fact("redis_version") + ", " + checkup.fact("redis_mode")));
        findings.add(persistence(name, checkup));
        findings.add(saving(name, checkup));
        findings.add(Finding.of(
                name + " replicas",
                checkup.fact("connected_slaves"),
                checkup.number("connected_slaves") > 0,
                "when this server dies everything waits for it: give it a replica, with Sentinels or as a cluster"));
        findings.add(memory(name, checkup));
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

    private static Finding persistence(String name, Checkup checkup) {
        boolean isLogged = checkup.fact("aof_enabled").equals("1");
        return Finding.of(
                name + " persistence",
                isLogged ? "append-only file" : "no append-only file",
                isLogged,
                "a restart of Redis loses what came since its last snapshot: appendonly yes");
    }

    private static Finding saving(String name, Checkup checkup) {
        boolean isWell = checkup.fact("aof_last_write_status").equals("ok")
                && checkup.fact("aof_last_bgrewrite_status").equals("ok")
                && checkup.fact("rdb_last_bgsave_status").equals("ok");
        return isWell
                ? Finding.well(name + " disk", "written to")
                : Finding.wrong(name + " disk", "the last write failed", "make room for it; the log of Redis says why");
    }

    private static Finding memory(String name, Checkup checkup) {
        String policy = checkup.fact("maxmemory_policy");
        if (checkup.number("maxmemory") == 0) {
            return Finding.care(
                    name + " memory",
                    "no limit, " + policy,
                    "set maxmemory below what the machine has: Sluice refuses events in time, the machine would kill Redis");
        }
        String share = String.format(Locale.ROOT, "%.0f %% of maxmemory, %s", 100 * checkup.memoryShare(), policy);
        return Finding.of(
                name + " memory",
                share,
                checkup.memoryShare() < FULL,
                "at 90 % events are refused: raise maxmemory, or find what is parked (sluice_deliveries_waiting_bytes)");
    }

    private static String millis(Duration duration) {
        return duration.truncatedTo(ChronoUnit.MICROS).toNanos() / 1e6 + " ms";
    }
}
