package dev.sluice.bench.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Masters that share the slots in contiguous ranges, without replicas, each as {@link RedisServer} starts it. */
public record RedisCluster(List<RedisServer> masters) {
    private static final int SLOTS = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Answers once all slots are served. */
    public static RedisCluster start(Lab lab, String name, int masters) {
        List<RedisServer> all = new ArrayList<>();
        RedisServer first = null;
        for (int i = 0; i < masters; i++) {
            String bus = String.valueOf(Ports.free());
            RedisServer master =
                    RedisServer.start(lab, name + "-" + i, List.of("--cluster-enabled", "yes", "--cluster-port", bus));
            master.ask("CLUSTER ADDSLOTSRANGE %d %d".formatted(SLOTS * i / masters, SLOTS * (i + 1) / masters - 1));
            master.ask("CLUSTER SET-CONFIG-EPOCH " + (i + 1));
            if (first != null) {
                first.ask("CLUSTER MEET 127.0.0.1 %d %s".formatted(master.port(), bus));
            }
            first = first == null ? master : first;
            all.add(master);
        }
        Wait.until("the cluster is whole", PATIENCE, () -> all.stream().allMatch(RedisCluster::seesAll));
        return new RedisCluster(List.copyOf(all));
    }

    private static boolean seesAll(RedisServer master) {
        String info = master.ask("CLUSTER INFO");
        return info.contains("cluster_state:ok") && info.contains("cluster_slots_ok:" + SLOTS);
    }

    public String uri() {
        return masters.stream()
                .map(master -> "127.0.0.1:" + master.port())
                .collect(Collectors.joining(",", "redis+cluster://", ""));
    }
}
