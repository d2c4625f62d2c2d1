package dev.sluice.e2e;

import static org.awaitility.Awaitility.await;

import dev.sluice.testing.RedisServer;
import dev.sluice.testing.browser.OpenTab;
import dev.sluice.testing.browser.Tab;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The console in a real browser, over a whole pod. */
abstract class ConsoleHarness {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @RegisterExtension
    final OpenTab opened = new OpenTab();

    Tab tab;

    @BeforeEach
    void takeTab() {
        tab = opened.tab();
    }

    /** The history is written behind the attempts. */
    void awaitAttempt(JsonObject webhook) {
        String path = "/v1/webhooks/" + webhook.getString("id") + "/attempts";
        await().until(() -> !pod.api().get(path).json().getJsonArray("attempts").isEmpty());
    }
}
