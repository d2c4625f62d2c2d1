package dev.sluice.testing.redis;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A cluster for each test class, empty and whole before each test. Its masters hold contiguous ranges of slots.
 *
 * <p>A test that moves slots, kills nodes or promotes replicas puts things right again by itself, or is the last.
 */
public final class RedisCluster implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private static final int SLOTS = 16_384;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final int masters;
    private final int replicas;
    private final List<RedisProcess> nodes = new ArrayList<>();

    /** @param replicas of each master */
    public RedisCluster(int masters, int replicas) {
        this.masters = masters;
        this.replicas = replicas;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    public void start() {
        for (int i = 0; i < masters * (1 + replicas); i++) {
            nodes.add(startNode());
        }
        for (int i = 0; i < masters; i++) {
            int from = SLOTS * i / masters;
            int to = SLOTS * (i + 1) / masters - 1;
            require("+OK", nodes.get(i).command("CLUSTER", "ADDSLOTSRANGE", String.valueOf(from), String.valueOf(to)));
            require("+OK", nodes.get(i).command("CLUSTER", "SET-CONFIG-EPOCH", String.valueOf(i + 1)));
        }
        nodes.stream().skip(1).forEach(this::meet);
        awaitKnown(nodes.size());
        for (int i = masters; i < nodes.size(); i++) {
            replicate(nodes.get(i), nodes.get(i % masters));
        }
        awaitWhole();
    }

    /** Of no cluster yet. */
    public static RedisProcess startNode() {
        return RedisProcess.start(
                "cluster-enabled yes",
                "cluster-node-timeout 1500",
                "cluster-require-full-coverage no",
                "cluster-replica-validity-factor 0");
    }

    /** A node more, which has no slots. */
    public RedisProcess add() {
        RedisProcess node = startNode();
        nodes.add(node);
        meet(node);
        awaitKnown(nodes.size());
        return node;
    }

    private void meet(RedisProcess node) {
        require("+OK", nodes.get(0).command("CLUSTER", "MEET", "127.0.0.1", String.valueOf(node.port())));
    }

    private void replicate(RedisProcess replica, RedisProcess master) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> replica.command("CLUSTER", "REPLICATE", id(master)).equals("+OK"));
    }

    private void awaitKnown(int count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> nodes.stream()
                        .filter(RedisProcess::isAlive)
                        .allMatch(node -> node.command("CLUSTER", "INFO").contains("cluster_known_nodes:" + count)));
    }

    /** All slots are served, and each master has its replicas. */
    public void awaitWhole() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> nodes.stream().filter(RedisProcess::isAlive).allMatch(this::seesAll));
    }

    private boolean seesAll(RedisProcess node) {
        String info = node.command("INFO", "replication");
        boolean isLinked = info.contains("role:slave")
                ? info.contains("master_link_status:up")
                : replicas == 0 || info.contains("state=online") || !hasSlots(node);
        String cluster = node.command("CLUSTER", "INFO");
        return isLinked && cluster.contains("cluster_state:ok") && cluster.contains("cluster_slots_ok:" + SLOTS);
    }

    private static boolean hasSlots(RedisProcess node) {
        return node.command("CLUSTER", "NODES")
                .lines()
                .filter(line -> line.contains("myself"))
                .anyMatch(line -> line.strip().split(" ").length > 8);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        nodes.stream().filter(node -> !node.isAlive()).forEach(RedisProcess::restart);
        awaitWhole();
        flushAll();
    }

    public void flushAll() {
        masters().forEach(node -> {
            require("+OK", node.command("FLUSHALL"));
            require("+OK", node.command("SCRIPT", "FLUSH"));
        });
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    public void close() {
        nodes.forEach(RedisProcess::close);
        nodes.clear();
    }

    public List<RedisProcess> nodes() {
        return List.copyOf(nodes);
    }

    /** Those that are masters now, and alive. */
    public List<RedisProcess> masters() {
        return nodes.stream().filter(RedisProcess::isMaster).toList();
    }

    /** The master of a slot, as the others see it. */
    public RedisProcess masterOf(int slot) {
        return masters().stream()
                .filter(node ->
                        node.command("CLUSTER", "COUNTKEYSINSLOT", String.valueOf(slot)) != null && owns(node, slot))
                .findFirst()
                .orElseThrow();
    }

    private static boolean owns(RedisProcess node, int slot) {
        return node.command("CLUSTER", "NODES")
                .lines()
                .filter(line -> line.contains("myself"))
                .flatMap(line -> List.of(line.strip().split(" ")).stream().skip(8))
                .filter(range -> !range.startsWith("["))
                .anyMatch(range -> {
                    String[] ends = range.split("-", -1);
                    return Integer.parseInt(ends[0]) <= slot && slot <= Integer.parseInt(ends[ends.length - 1]);
                });
    }

    /** A replica of the master. */
    public RedisProcess replicaOf(RedisProcess master) {
        return nodes.stream()
                .filter(RedisProcess::isAlive)
                .filter(node -> node.command("INFO", "replication").contains("master_port:" + master.port()))
                .findFirst()
                .orElseThrow();
    }

    public static String id(RedisProcess node) {
        return node.command("CLUSTER", "MYID").lines().skip(1).findFirst().orElseThrow();
    }

    /** Any node is enough to find the others. */
    public String uri() {
        return "redis+cluster://:" + RedisProcess.PASSWORD + "@"
                + String.join(
                        ",", nodes.stream().limit(masters).map(RedisProcess::at).toList());
    }

    /** As redis-cli reshards: open on both sides, key after key, then everybody is told. */
    public void migrate(int slot, RedisProcess from, RedisProcess to) {
        open(slot, from, to);
        moveKeys(slot, from, to);
        close(slot, from, to);
    }

    public void open(int slot, RedisProcess from, RedisProcess to) {
        require("+OK", to.command("CLUSTER", "SETSLOT", String.valueOf(slot), "IMPORTING", id(from)));
        require("+OK", from.command("CLUSTER", "SETSLOT", String.valueOf(slot), "MIGRATING", id(to)));
    }

    public void moveKeys(int slot, RedisProcess from, RedisProcess to) {
        for (List<String> keys = keys(slot, from); !keys.isEmpty(); keys = keys(slot, from)) {
            List<String> words = new ArrayList<>(List.of("MIGRATE", "127.0.0.1", String.valueOf(to.port()), "", "0"));
            words.addAll(List.of("5000", "AUTH", RedisProcess.PASSWORD, "KEYS"));
            words.addAll(keys);
            String moved = from.command(words.toArray(String[]::new));
            require("+OK", moved.replace("+NOKEY", "+OK")); // what ran out meanwhile is gone, too
        }
    }

    private static List<String> keys(int slot, RedisProcess node) {
        return node.command("CLUSTER", "GETKEYSINSLOT", String.valueOf(slot), "100")
                .lines()
                .filter(line -> !line.startsWith("*") && !line.startsWith("$"))
                .toList();
    }

    public void close(int slot, RedisProcess from, RedisProcess to) {
        require("+OK", to.command("CLUSTER", "SETSLOT", String.valueOf(slot), "NODE", id(to)));
        require("+OK", from.command("CLUSTER", "SETSLOT", String.valueOf(slot), "NODE", id(to)));
        masters().forEach(node -> node.command("CLUSTER", "SETSLOT", String.valueOf(slot), "NODE", id(to)));
    }

    private static void require(String expected, String actual) {
        if (!expected.equals(actual)) {
            throw new IllegalStateException("%s (expected: %s)".formatted(actual, expected));
        }
    }
}
