package dev.sluice.redis.fitness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Redis says of itself. */
public record Vitals(Map<String, String> facts) {
    /** @param info the answer of INFO, or of CLUSTER INFO */
    public static Vitals read(String info) {
        Map<String, String> facts = new HashMap<>();
        info.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                facts.put(line.substring(0, colon), line.substring(colon + 1));
            }
        });
        return new Vitals(facts);
    }

    /** Both. */
    Vitals with(Vitals more) {
        Map<String, String> all = new HashMap<>(facts);
        all.putAll(more.facts);
        return new Vitals(all);
    }

    public String fact(String name) {
        return facts.getOrDefault(name, "unknown");
    }

    /** 0 for what is not said, or not as a number. */
    public long number(String name) {
        return asNumber(facts.getOrDefault(name, "0"));
    }

    private static long asNumber(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    String version() {
        return fact("redis_version");
    }

    /** What it answers of a version that it does not tell is no. */
    boolean isAtLeast(int major, int minor) {
        String[] parts = version().split("\\.", -1);
        long foundMajor = asNumber(parts[0]);
        long foundMinor = parts.length > 1 ? asNumber(parts[1]) : 0;
        return foundMajor > major || (foundMajor == major && foundMinor >= minor);
    }

    /** standalone, cluster or sentinel. */
    String mode() {
        return facts.getOrDefault("redis_mode", "standalone");
    }

    public boolean isOfCluster() {
        return mode().equals("cluster");
    }

    /** Of the master whose replica it is; null if it is none. */
    @Nullable
    String master() {
        return facts.getOrDefault("role", "master").equals("slave")
                ? "%s:%s".formatted(facts.get("master_host"), facts.get("master_port"))
                : null;
    }

    public String policy() {
        return facts.getOrDefault("maxmemory_policy", "noeviction");
    }

    public boolean hasAppendOnlyFile() {
        return fact("aof_enabled").equals("1");
    }

    /** WAITAOF. */
    boolean waitsForDisk() {
        return hasAppendOnlyFile() && isAtLeast(7, 2);
    }

    int replicas() {
        return (int) number("connected_slaves");
    }

    /**
     * Each with what it is said to be: {@code ip}, {@code port}, {@code state}, {@code offset}, {@code lag}. As lines such as
     * {@code slave0:ip=10.0.0.2,port=6379,state=online,offset=42,lag=0}.
     */
    public List<Vitals> eachReplica() {
        List<Vitals> found = new ArrayList<>();
        String line = facts.get("slave0");
        for (int i = 1; line != null; line = facts.get("slave" + i++)) {
            found.add(read(line.replace(',', '\n').replace('=', ':')));
        }
        return found;
    }

    /** Of maxmemory, as Redis counts before it refuses; 0 without a limit. */
    public double memoryShare() {
        double most = bytes("maxmemory");
        return most == 0 ? 0 : (bytes("used_memory") - bytes("mem_not_counted_for_evict")) / most;
    }

    private double bytes(String name) {
        return Double.parseDouble(facts.getOrDefault(name, "0"));
    }
}
