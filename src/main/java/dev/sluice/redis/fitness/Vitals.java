package dev.sluice.redis.fitness;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Redis says of itself. */
record Vitals(Map<String, String> facts) {
    /** @param info the answer of INFO */
    static Vitals read(String info) {
        Map<String, String> facts = new HashMap<>();
        info.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                facts.put(line.substring(0, colon), line.substring(colon + 1));
            }
        });
        return new Vitals(facts);
    }

    String version() {
        return facts.getOrDefault("redis_version", "unknown");
    }

    /** What it answers of a version that it does not tell is no. */
    boolean isAtLeast(int major, int minor) {
        String[] parts = version().split("\\.", -1);
        int foundMajor = number(parts[0]);
        int foundMinor = parts.length > 1 ? number(parts[1]) : 0;
        return foundMajor > major || (foundMajor == major && foundMinor >= minor);
    }

    /** standalone, cluster or sentinel. */
    String mode() {
        return facts.getOrDefault("redis_mode", "standalone");
    }

    /** Of the master whose replica it is; null if it is none. */
    @Nullable
    String master() {
        return facts.getOrDefault("role", "master").equals("slave")
                ? "%s:%s".formatted(facts.get("master_host"), facts.get("master_port"))
                : null;
    }

    String policy() {
        return facts.getOrDefault("maxmemory_policy", "noeviction");
    }

    boolean hasAppendOnlyFile() {
        return facts.getOrDefault("aof_enabled", "0").equals("1");
    }

    /** WAITAOF. */
    boolean waitsForDisk() {
        return hasAppendOnlyFile() && isAtLeast(7, 2);
    }

    int replicas() {
        return number(facts.getOrDefault("connected_slaves", "0"));
    }

    /** Of maxmemory, as Redis counts before it refuses; 0 without a limit. */
    double memoryShare() {
        double most = bytes("maxmemory");
        return most == 0 ? 0 : (bytes("used_memory") - bytes("mem_not_counted_for_evict")) / most;
    }

    private double bytes(String name) {
        return Double.parseDouble(facts.getOrDefault(name, "0"));
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}
