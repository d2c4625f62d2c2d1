package dev.sluice.redis.fitness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.redis.address.RedisAccess;
import dev.sluice.redis.address.RedisAddress;
import dev.sluice.redis.address.RedisTarget;
import dev.sluice.testing.Loop;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.redis.RedisCluster;
import dev.sluice.testing.redis.RedisProcess;
import dev.sluice.testing.redis.RedisSentinels;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is said where the address means another form of Redis than is there. */
@DisabledIfSystemProperty(named = "sluice.test.redis", matches = "cluster", disabledReason = "needs one of each")
class RedisFormsTest {
    private static final String PASSWORD = "of-sentinels";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @RegisterExtension
    static final Loop LOOP = new Loop();

    @RegisterExtension
    static final RedisServer ALONE = new RedisServer();

    @RegisterExtension
    static final RedisCluster CLUSTER = new RedisCluster(2, 0);

    @RegisterExtension
    static final RedisSentinels SENTINELS = new RedisSentinels(PASSWORD);

    /** Null: it can be used. */
    private static @Nullable String problem(String uri, @Nullable String sentinelPassword) {
        RedisAccess access = new RedisAccess(null, null, null, sentinelPassword, null, null, null);
        RedisTarget target = new RedisTarget(
                RedisAddress.read(uri), access, PATIENCE, Duration.ofMillis(10), Duration.ofMillis(100));
        return LOOP.get(() -> RedisProbe.check(LOOP.vertx(), target, new Needs(false, false, 0, Duration.ZERO))
                .map((String) null)
                .otherwise(Throwable::getMessage));
    }

    private static String address(String uri) {
        return uri.substring(uri.indexOf('@') + 1);
    }

    @Test
    void eachIsTakenForWhatItIs() {
        assertThat(problem(ALONE.uri(), null)).isNull();
        assertThat(problem(CLUSTER.uri(), null)).isNull();
        assertThat(problem(SENTINELS.uri(), PASSWORD)).isNull();
    }

    @Test
    void theOneMasterOfAClusterThatIsUnfitIsNamed() {
        RedisProcess evicts = CLUSTER.masters().get(1);
        evicts.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        try {
            assertThat(problem(CLUSTER.uri(), null)).contains(evicts.at() + ": ", "maxmemory-policy is allkeys-lru");
        } finally {
            evicts.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
        }
    }

    @Test
    void aNodeOfAClusterIsNoRedisByItself() {
        String node = CLUSTER.masters().get(0).uri();
        assertThat(problem(node, null)).contains("it is a node of a cluster (expected: redis+cluster://)");
    }

    @Test
    void aRedisByItselfIsNoCluster() {
        assertThat(problem(ALONE.uri().replace("redis://", "redis+cluster://"), null))
                .contains("is a Redis by itself (expected: redis://, or nodes of a cluster)");
    }

    @Test
    void aSentinelIsNoRedis() {
        String sentinel = SENTINELS.sentinels().get(0).at();
        assertThat(problem("redis://:" + PASSWORD + "@" + sentinel, null))
                .contains("it is a Sentinel (expected: redis+sentinel://, and the name of the master that it watches)");
        assertThat(problem("redis+cluster://:" + PASSWORD + "@" + sentinel, null))
                .contains("is a Sentinel (expected: redis+sentinel://, or nodes of a cluster)");
    }

    @Test
    void aRedisIsNoSentinel() {
        RedisProcess server = SENTINELS.master();
        assertThat(problem("redis+sentinel://%s/main".formatted(server.at()), RedisProcess.PASSWORD))
                .contains("is no Sentinel (expected: redis:// for a Redis by itself, or the Sentinels' port)");
    }

    @Test
    void aMasterThatNobodyWatchesIsNamed() {
        assertThat(problem(SENTINELS.uri().replace("/main", "/other"), PASSWORD))
                .startsWith("redis.uri: the Sentinels at redis+sentinel://***@")
                .contains("watch no master named other (expected: a name that stands in their sentinel.conf)");
    }

    /** Also where somebody else who has it was told a moment before. */
    @Test
    void sentinelsHaveAPasswordOfTheirOwn() {
        assertThat(problem(SENTINELS.uri(), PASSWORD)).isNull();
        assertThat(problem(SENTINELS.uri(), null))
                .startsWith("redis.sentinel.password: none (expected: the one of the");
        assertThat(problem(SENTINELS.uri(), "wrong")).startsWith("redis.sentinel.password: not theirs (expected:");
        assertThat(problem("redis+sentinel://:wrong@" + address(SENTINELS.uri()), PASSWORD))
                .startsWith("redis.uri: not the password of the user default");
    }

    @Test
    void aReplicaIsNoMaster() {
        RedisProcess replica = SENTINELS.servers().stream()
                .filter(server -> server != SENTINELS.master())
                .findFirst()
                .orElseThrow();
        assertThat(problem(replica.uri(), null))
                .contains("it is a replica, which takes no writes (expected: its master, 127.0.0.1:");
    }
}
