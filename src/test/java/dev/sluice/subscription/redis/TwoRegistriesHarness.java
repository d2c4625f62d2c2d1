package dev.sluice.subscription.redis;

import static dev.sluice.testing.RegistryContract.event;
import static dev.sluice.testing.RegistryContract.get;
import static dev.sluice.testing.Webhooks.webhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.redis.Script;
import dev.sluice.subscription.Webhook;
import dev.sluice.subscription.form.WebhookCodec;
import dev.sluice.testing.RedisServer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The registries of two pods on one Redis. */
abstract class TwoRegistriesHarness {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    Pod here;
    Pod there;

    @BeforeEach
    void startTwoPods() {
        here = new Pod(REDIS.uri());
        there = new Pod(REDIS.uri());
        eventually(() -> get(there.registry.find("default", "wh_none")));
        eventually(() -> get(here.registry.find("default", "wh_none")));
    }

    @AfterEach
    void stopThem() {
        here.stop();
        there.stop();
    }

    static List<Webhook> matches(Pod pod) {
        return pod.registry.cached("default").match(event("a"));
    }

    /** As a pod does that dies before it could tell the others. */
    static void writeWithoutAHint(Webhook webhook) {
        writeWithoutAHint(webhook.id(), new WebhookCodec(Pod.BOX).encode(webhook), webhook.version() - 1);
    }

    static void writeWithoutAHint(String id, String form, long expected) {
        String script = Script.load("lua/registry-write.lua").source();
        String answer = REDIS.command(
                "EVAL",
                script,
                "3",
                RegistryKeys.webhooks("default"),
                RegistryKeys.version("default"),
                RegistryKeys.changes("default"),
                id,
                Long.toString(expected),
                form,
                "1000");
        assertThat(answer).isEqualTo(":1");
    }

    static Throwable failure(Future<?> future) {
        return get(
                future.<Throwable>map(none -> new AssertionError("no failure")).recover(Future::succeededFuture));
    }

    static void eventually(ThrowingRunnable assertion) {
        within(Duration.ofSeconds(15), assertion);
    }

    static void within(Duration limit, ThrowingRunnable assertion) {
        await().atMost(limit).pollInterval(Duration.ofMillis(10)).untilAsserted(assertion);
    }
}
