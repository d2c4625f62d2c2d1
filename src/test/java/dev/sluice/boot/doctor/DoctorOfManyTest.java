package dev.sluice.boot.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.boot.doctor.Doctor.Report;
import dev.sluice.testing.redis.RedisCluster;
import dev.sluice.testing.redis.RedisProcess;
import dev.sluice.testing.redis.RedisSentinels;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is said of a Redis of several servers: of each, whatever the others do. */
@Timeout(120)
@DisabledIfSystemProperty(named = "sluice.test.redis", matches = "cluster", disabledReason = "needs one of each")
class DoctorOfManyTest {
    private static final String PASSWORD = "of-sentinels";
    private static final List<String> LOOKED_AT =
            List.of("persistence", "disk", "replicas", "policy", "memory", "latency", "clock");

    @RegisterExtension
    static final RedisCluster CLUSTER = new RedisCluster(3, 0);

    @RegisterExtension
    static final RedisSentinels SENTINELS = new RedisSentinels(PASSWORD);

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "SLUICE_REDIS_COMMAND_TIMEOUT", "2s",
            "SLUICE_SECRETS_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "SLUICE_ACCESS_ADMIN_KEY", "a-long-admin-key"));

    private Report examine(String uri) {
        environment.put("SLUICE_REDIS_URI", uri);
        return new Doctor(environment, InstantSource.system()).examine(null, List.of());
    }

    private static void assertThatItLookedAt(Report report, String server) {
        assertThat(LOOKED_AT)
                .allSatisfy(what -> assertThat(report.lines())
                        .as(what)
                        .anyMatch(line -> line.contains("  " + server + " " + what + ": ")));
    }

    private static List<String> lines(Report report, String beginning) {
        return report.lines().stream()
                .filter(line -> line.startsWith(beginning))
                .toList();
    }

    @Test
    void saysOfEachMasterOfAClusterHowItIs() {
        Report report = examine(CLUSTER.uri());
        assertThat(report.isWell()).as("" + report.lines()).isTrue();
        assertThat(CLUSTER.masters()).hasSize(3).allSatisfy(master -> {
            assertThatItLookedAt(report, "redis " + master.at());
            assertThat(report.lines()).contains("ok    redis %s cluster: all slots are served".formatted(master.at()));
            assertThat(lines(report, "care  redis %s replicas: 0".formatted(master.at())))
                    .hasSize(1);
        });
    }

    @Test
    void namesTheOneMasterThatEvictsAndThatHasTooFewReplicas() {
        environment.put("SLUICE_JOURNAL_DURABILITY", "replicas");
        environment.put("SLUICE_JOURNAL_REPLICAS", "1");
        RedisProcess master = CLUSTER.masters().get(1);
        master.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        try {
            Report report = examine(CLUSTER.uri());
            assertThat(report.isWell()).isFalse();
            assertThat(lines(report, "BAD   redis %s policy: allkeys-lru".formatted(master.at())))
                    .hasSize(1);
            assertThat(report.lines().stream().filter(line -> line.contains(" policy: noeviction")))
                    .hasSize(2);
            assertThat(report.lines().stream().filter(line -> line.contains("journal.replicas wants 1")))
                    .hasSize(3);
        } finally {
            master.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
        }
    }

    @Test
    void oneMasterThatIsDeadHidesNoneOfTheOthers() {
        RedisProcess dead = CLUSTER.masters().get(0);
        List<RedisProcess> others =
                CLUSTER.masters().stream().filter(one -> one != dead).toList();
        dead.kill();
        await().until(() ->
                others.stream().noneMatch(one -> one.command("CLUSTER", "INFO").contains("cluster_slots_ok:16384")));

        Report report = examine(CLUSTER.uri());

        assertThat(report.isWell()).isFalse();
        assertThat(lines(report, "BAD   redis %s: ".formatted(dead.at())))
                .as("" + report.lines())
                .hasSize(1);
        assertThat(others).allSatisfy(one -> {
            assertThatItLookedAt(report, "redis " + one.at());
            assertThat(lines(report, "BAD   redis %s cluster: ".formatted(one.at())))
                    .hasSize(1)
                    .allMatch(line -> line.contains("of 16384 slots are served"));
        });
    }

    @Test
    void saysOfTheMasterBehindSentinelsHowItIsAndWhatEachOfThemSays() {
        environment.put("SLUICE_REDIS_SENTINEL_PASSWORD", PASSWORD);
        Report report = examine(SENTINELS.uri());
        assertThat(report.isWell()).as("" + report.lines()).isTrue();
        assertThatItLookedAt(report, "redis");
        assertThat(report.lines()).contains("ok    redis replicas: 1");
        String named = "names %s as the master; OK 3 usable Sentinels"
                .formatted(SENTINELS.master().at());
        assertThat(SENTINELS.sentinels())
                .allSatisfy(sentinel -> assertThat(
                                lines(report, "ok    redis sentinel %s: %s".formatted(sentinel.at(), named)))
                        .hasSize(1));
    }

    @Test
    void saysThatNobodyTakesOverWhenTooManySentinelsAreAway() {
        environment.put("SLUICE_REDIS_SENTINEL_PASSWORD", PASSWORD);
        RedisProcess left = SENTINELS.sentinels().get(0);
        List<RedisProcess> dead = SENTINELS.sentinels().subList(1, 3);
        dead.forEach(RedisProcess::kill);
        try {
            await().until(() ->
                    left.command("SENTINEL", "CKQUORUM", RedisSentinels.NAME).startsWith("-NOQUORUM"));
            Report report = examine(SENTINELS.uri());
            assertThat(report.isWell()).isFalse();
            assertThat(lines(report, "BAD   redis sentinel %s: ".formatted(left.at())))
                    .singleElement()
                    .asString()
                    .contains("NOQUORUM", "start the Sentinels that are away");
            assertThat(dead)
                    .allSatisfy(one -> assertThat(lines(report, "care  redis sentinel %s: ".formatted(one.at())))
                            .hasSize(1));
            assertThatItLookedAt(report, "redis");
        } finally {
            dead.forEach(RedisProcess::restart);
        }
    }
}
