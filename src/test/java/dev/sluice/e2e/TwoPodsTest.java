package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is said to one pod holds for the other. */
class TwoPodsTest {
    private static final String ADMIN = "an-admin-key-of-the-test";

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final Receiver moved = new Receiver();

    @Test
    void aChangeIsSeenByTheOtherPodWithinASecond() {
        try (TestPod one = TestPod.start(REDIS.uri());
                TestPod other = TestPod.start(REDIS.uri())) {
            String path = "/v1/webhooks/" + one.webhook(receiver.url()).getString("id");
            soon().until(() -> delivers(other, one, receiver));

            one.api().patch(path, new JsonObject().put("url", moved.url()));
            soon().until(() -> delivers(other, one, moved));

            int before = moved.all().size();
            one.api().delete(path);
            soon().until(() -> other.api().get(path).status() == 404);
            other.accept("after", 1);
            TestPod.awaitQuiet(one, other);
            assertThat(moved.all()).hasSize(before);
        }
    }

    @Test
    void aDeletedKeyIsRefusedByTheOtherPodWithinASecond() {
        try (TestPod one = TestPod.start(REDIS.uri(), "SLUICE_ACCESS_ADMIN_KEY", ADMIN);
                TestPod other = TestPod.start(REDIS.uri(), "SLUICE_ACCESS_ADMIN_KEY", ADMIN)) {
            Rest admin = one.api().as(ADMIN);
            JsonObject key = admin.post(
                            "/v1/keys", new JsonObject().put("name", "ci").put("role", "read"))
                    .json();
            Rest holder = other.api().as(key.getString("token"));
            soon().until(() -> holder.get("/v1/webhooks").status() == 200);

            assertThat(admin.delete("/v1/keys/" + key.getString("id")).status()).isEqualTo(204);

            assertThat(one.api().as(key.getString("token")).get("/v1/webhooks").status())
                    .isEqualTo(401);
            soon().until(() -> holder.get("/v1/webhooks").status() == 401);
        }
    }

    @Test
    void bothKnowThatRedisWasFlushed() {
        try (TestPod one = TestPod.start(REDIS.uri());
                TestPod other = TestPod.start(REDIS.uri())) {
            String path = "/v1/webhooks/" + one.webhook(receiver.url()).getString("id");
            soon().until(() -> delivers(other, one, receiver) && delivers(one, other, receiver));

            REDIS.flushAll();

            soon().until(() -> one.api().get(path).status() == 404);
            soon().until(() -> other.api().get(path).status() == 404);
            one.webhook(moved.url());
            soon().until(() -> delivers(one, other, moved) && delivers(other, one, moved));
        }
    }

    /** Whether an event that one of them accepts comes; either may deliver it. */
    private static boolean delivers(TestPod accepting, TestPod other, Receiver receiver) {
        int before = receiver.all().size();
        accepting.accept("a", 1);
        TestPod.awaitQuiet(accepting, other);
        return receiver.all().size() > before;
    }

    /** The promise is a second; a slow machine may take longer. */
    private static ConditionFactory soon() {
        return Awaitility.await().pollInterval(Duration.ofMillis(20));
    }
}
