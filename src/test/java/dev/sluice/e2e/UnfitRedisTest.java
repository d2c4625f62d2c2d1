package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.boot.StartFailure;
import dev.sluice.testing.BrokenDisk;
import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Redis that cannot hold what is promised: it is refused, or it is said and nothing more is accepted. */
class UnfitRedisTest {
    private static final String EVENT = "{\"type\":\"a\",\"data\":1}";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @ParameterizedTest
    @ValueSource(strings = {"allkeys-lru", "allkeys-lfu", "allkeys-random", "volatile-lru", "volatile-ttl"})
    void refusesToStartOnOneThatEvicts(String policy) {
        REDIS.command("CONFIG", "SET", "maxmemory-policy", policy);
        assertThatThrownBy(() -> TestPod.start(REDIS.uri()))
                .isInstanceOf(StartFailure.class)
                .hasMessageContainingAll("maxmemory-policy is " + policy, "noeviction", "redis.allowEviction");
    }

    @Test
    void startsOnOneThatEvictsForWhoTakesTheLoss() {
        REDIS.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        try (TestPod pod = TestPod.start(REDIS.uri(), "SLUICE_REDIS_ALLOW_EVICTION", "true")) {
            assertThat(ready(pod).status()).isEqualTo(200);
            pod.accept("a", 1);
        }
    }

    @Test
    void takesNoEventsWhileThePolicyEvicts() {
        try (TestPod pod = TestPod.start(REDIS.uri())) {
            REDIS.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
            closes(pod, "maxmemory-policy is allkeys-lru", "evicts");
            REDIS.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
            opens(pod);
        }
    }

    @Test
    void deliversAndRetriesWhileItIsFullAndTakesEventsAgainWhenThereIsRoom() {
        receiver.answers(503);
        try (TestPod pod = TestPod.start(REDIS.uri(), "SLUICE_DELIVERY_RETRY_DELAYS", "1s,1s,1s,1s,1s,1s,1s,1s,1s")) {
            pod.webhook(new JsonObject()
                    .put("url", receiver.url())
                    .put("rateLimit", new JsonObject().put("limit", 1000).put("periodMs", 1000)));
            IntStream.range(0, 30)
                    .forEach(i -> pod.accept(
                            new JsonObject().put("type", "a").put("data", i).put("partitionkey", "k" + i)));
            RedisKeys.await(REDIS, "sluice:{*}:delivery:*", 30);

            REDIS.fill();
            closes(pod, "memory runs short", "short_of_memory");
            receiver.answers(204);
            RedisKeys.await(REDIS, "sluice:{*}:delivery:*", 0);
            pod.awaitQuiet();

            REDIS.makeRoom();
            opens(pod);
        }
    }

    @Test
    void closesWhileThereIsStillRoomToPark() {
        // so much that a connection more or less is no part of it
        REDIS.command("EVAL", "return redis.call('SET', KEYS[1], string.rep('x', 20000000))", "1", "ballast");
        try (TestPod pod = TestPod.start(REDIS.uri())) {
            long used = Long.parseLong(REDIS.command(
                            "EVAL",
                            "return tonumber(string.match(redis.call('INFO', 'memory'), 'used_memory:(%d+)'))",
                            "0")
                    .substring(1));
            REDIS.command("CONFIG", "SET", "maxmemory", String.valueOf(used * 100 / 94));
            closes(pod, "memory runs short", "short_of_memory");
            assertThat(REDIS.command("SET", "there", "is room")).isEqualTo("+OK");
        }
    }

    @Test
    void takesNoEventsWhileItCannotSaveAndGoesOnWithAllThatItHasWhenItCan() throws IOException {
        receiver.answers(503);
        try (TestPod pod = TestPod.start(REDIS.uri(), "SLUICE_DELIVERY_RETRY_DELAYS", "1s,1s,1s,1s,1s,1s,1s,1s,1s")) {
            pod.webhook(new JsonObject().put("url", receiver.url()));
            IntStream.range(0, 30).forEach(i -> pod.accept("a", i));
            RedisKeys.await(REDIS, "sluice:{*}:delivery:*", 30);

            try (BrokenDisk broken = new BrokenDisk(REDIS)) {
                assertThat(broken.write()).startsWith("-MISCONF");
                closes(pod, "cannot write to its disk", "cannot_save");
                receiver.answers(204);
            }
            opens(pod);
            RedisKeys.await(REDIS, "sluice:{*}:delivery:*", 0);
            pod.awaitQuiet();
        }
    }

    @Test
    void saysAtTheStartThatItCannotSave() throws IOException {
        try (BrokenDisk broken = new BrokenDisk(REDIS)) {
            assertThat(broken.write()).startsWith("-MISCONF");
            assertThatThrownBy(() -> TestPod.start(REDIS.uri(), "SLUICE_REDIS_COMMAND_TIMEOUT", "1s"))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContainingAll("not fit within PT1S", "cannot write to its disk");
        }
    }

    @Test
    void refusesFsyncOnOneThatCannot() {
        assertThatThrownBy(() -> TestPod.start(REDIS.uri(), "SLUICE_JOURNAL_DURABILITY", "fsync"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContainingAll("journal.durability fsync", "7.0.15", "appendfsync everysec");
    }

    @Test
    void takesNoEventsWhileItsDiskIsNotWaitedFor() {
        REDIS.command("CONFIG", "SET", "appendfsync", "always");
        try (TestPod pod = TestPod.start(REDIS.uri(), "SLUICE_JOURNAL_DURABILITY", "fsync")) {
            pod.accept("a", 1);
            REDIS.command("CONFIG", "SET", "appendfsync", "everysec");
            closes(pod, "appendfsync everysec", "not_on_disk");
            REDIS.command("CONFIG", "SET", "appendfsync", "always");
            opens(pod);
        } finally {
            REDIS.command("CONFIG", "SET", "appendfsync", "everysec");
        }
    }

    @Test
    void refusesReplicasThatAreNotThere() {
        assertThatThrownBy(() -> TestPod.start(
                        REDIS.uri(), "SLUICE_JOURNAL_DURABILITY", "replicas", "SLUICE_JOURNAL_REPLICAS", "1"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContainingAll("journal.durability replicas: 1", "0 have what is written");
    }

    @Test
    void saysThatAReplicaTakesNoWrites() {
        try (TestPod pod = TestPod.start(REDIS.uri())) {
            REDIS.command("REPLICAOF", "127.0.0.1", "1");
            closes(pod, "is a replica", "read_only");
            REDIS.command("REPLICAOF", "NO", "ONE");
            opens(pod);
        } finally {
            REDIS.command("REPLICAOF", "NO", "ONE");
        }
    }

    @Test
    void saysThatItWantsMoreReplicasThanItHas() {
        try (TestPod pod = TestPod.start(REDIS.uri())) {
            REDIS.command("CONFIG", "SET", "min-replicas-to-write", "1");
            closes(pod, "too few replicas", "no_replicas");
            REDIS.command("CONFIG", "SET", "min-replicas-to-write", "0");
            opens(pod);
        } finally {
            REDIS.command("CONFIG", "SET", "min-replicas-to-write", "0");
        }
    }

    private static Rest.Answer ready(TestPod pod) {
        return pod.management().get("/health/ready");
    }

    private static Rest.Answer post(TestPod pod) {
        return pod.api().post("/v1/events", "application/json", EVENT);
    }

    private static void closes(TestPod pod, String reason, String trouble) {
        soon().until(() -> ready(pod).status() == 503 && ready(pod).text().contains(reason));
        long before = RedisKeys.events(REDIS);
        Rest.Answer refused = post(pod);
        assertThat(refused.status()).as(refused.text()).isEqualTo(503);
        assertThat(refused.text()).contains("nothing was stored");
        assertThat(Integer.parseInt(refused.header("retry-after"))).isPositive();
        assertThat(RedisKeys.events(REDIS)).isEqualTo(before);
        assertThat(pod.management().get("/metrics").text())
                .contains("sluice_redis_trouble{trouble=\"%s\"} 1".formatted(trouble));
    }

    private static void opens(TestPod pod) {
        soon().until(() -> ready(pod).status() == 200);
        soon().until(() -> post(pod).status() == 202);
    }

    private static ConditionFactory soon() {
        return Awaitility.await().pollInterval(Duration.ofMillis(20));
    }
}
