package dev.sluice.testing.redis;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A master, a replica and three Sentinels that watch them, for each test class; empty and whole before each test. */
public final class RedisSentinels implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    public static final String NAME = "main";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final @Nullable String password;
    private final List<RedisProcess> servers = new ArrayList<>();
    private final List<RedisProcess> sentinels = new ArrayList<>();

    public RedisSentinels() {
        this(null);
    }

    /** @param password of the Sentinels; null: none */
    public RedisSentinels(@Nullable String password) {
        this.password = password;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    public void start() {
        RedisProcess master = RedisProcess.start();
        servers.add(master);
        servers.add(RedisProcess.start("replicaof " + master.hostAndPort()));
        for (int i = 0; i < 3; i++) {
            sentinels.add(RedisProcess.sentinel(password, sentinelSettings(master)));
        }
        awaitWhole();
    }

    private List<String> sentinelSettings(RedisProcess master) {
        List<String> lines = new ArrayList<>(List.of(
                "sentinel monitor %s %s 2".formatted(NAME, master.hostAndPort()),
                "sentinel auth-pass %s %s".formatted(NAME, RedisProcess.PASSWORD),
                "sentinel down-after-milliseconds %s 1000".formatted(NAME),
                "sentinel failover-timeout %s 3000".formatted(NAME)));
        if (password != null) {
            lines.add("requirepass " + password);
            lines.add("sentinel sentinel-pass " + password);
        }
        return lines;
    }

    /** The Sentinels know each other and the replica, which has what the master has. */
    public void awaitWhole() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions() // a server that becomes a replica cuts its connections
                .until(() -> sentinels.stream().allMatch(this::knowsAll)
                        && master().command("INFO", "replication").contains("state=online"));
    }

    private boolean knowsAll(RedisProcess sentinel) {
        String named = sentinel.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME);
        return named.endsWith(String.valueOf(master().port()))
                && sentinel.command("INFO", "sentinel").contains("status=ok")
                && sentinel.command("INFO", "sentinel").contains("slaves=1,sentinels=3");
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        servers.stream().filter(server -> !server.isAlive()).forEach(RedisProcess::restart);
        awaitWhole();
        master().command("FLUSHALL");
        master().command("SCRIPT", "FLUSH");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    public void close() {
        sentinels.forEach(RedisProcess::close);
        servers.forEach(RedisProcess::close);
    }

    /** The one that takes writes, as it says itself. */
    public RedisProcess master() {
        return servers.stream().filter(RedisProcess::isMaster).findFirst().orElseThrow();
    }

    public List<RedisProcess> servers() {
        return List.copyOf(servers);
    }

    public List<RedisProcess> sentinels() {
        return List.copyOf(sentinels);
    }

    /** Makes the replica the master, though the master is well. A Sentinel that finds no good replica yet gives up, and is asked again. */
    public void failOver() {
        RedisProcess former = master();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            boolean isDone = servers.stream().anyMatch(server -> server != former && server.isMaster());
            if (!isDone) {
                sentinels.get(0).command("SENTINEL", "FAILOVER", NAME);
            }
            return isDone;
        });
    }

    /** Of the Sentinels, with the password of the servers. */
    public String uri() {
        return "redis+sentinel://:" + RedisProcess.PASSWORD + "@"
                + String.join(",", sentinels.stream().map(RedisProcess::at).toList()) + "/" + NAME;
    }
}
