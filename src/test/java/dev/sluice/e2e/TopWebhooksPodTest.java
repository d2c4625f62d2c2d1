package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.RedisServer;
import dev.sluice.testing.Tool;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The metrics that name webhooks, where they are asked for. */
@Timeout(120)
class TopWebhooksPodTest {
    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS, "SLUICE_MANAGEMENT_TOP_WEBHOOKS", "1");

    @RegisterExtension
    final Receiver receiver = new Receiver();

    @TempDir
    Path folder;

    private String webhook(String type) {
        JsonObject settings = new JsonObject().put("url", receiver.url()).put("eventTypes", new JsonArray().add(type));
        return pod.webhook(settings).getString("id");
    }

    private static String series(String webhook) {
        return "sluice_webhook_attempts_total{outcome=\"delivered\",webhook=\"" + webhook + "\"}";
    }

    @Test
    void nameAsManyAsAreAskedForAndPromtoolHasNothingToSayOfThem() throws Exception {
        String first = webhook("first.*");
        pod.accept("first.one", 1);
        await().atMost(Duration.ofMinutes(1)).until(() -> pod.metrics().of(series(first)) == 1);
        String second = webhook("second.*");
        pod.accept("second.one", 1);
        pod.accept("first.two", 1);
        await().atMost(Duration.ofMinutes(1)).until(() -> pod.metrics().of(series(first)) == 2);
        String page = pod.management().get("/metrics").text();
        assertThat(page).doesNotContain(second);
        assertThat(page.lines().filter(line -> line.startsWith("sluice_webhook_")))
                .hasSize(4);
        Path file = Files.writeString(folder.resolve("metrics.txt"), page);
        assertThat(Tool.find("promtool").run(file, "check", "metrics").output()).isEmpty();
    }
}
