package dev.sluice.k8s.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.GatewayProcess;
import dev.sluice.testing.Gateways;
import dev.sluice.testing.LeftOut;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RedisServer;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The image is built as its recipe says, and what comes out is run: as its user, on a root that is read-only, without a
 * container engine. Three minutes on two busy cores, and one or two more the first time, for the base: so only with
 * {@code -Dsluice.image=true}, of the jar that {@code mvn package} left; by root, with buildah, debootstrap and a JDK 25.
 */
@Tag("apart")
@Timeout(1200)
class ImageBuildTest {
    private static final int SIGTERM = 128 + 15;

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Gateways gateways = new Gateways();

    @Test
    void theImageIsBuiltTakesAnEventDeliversItAndEndsWhenItIsToldTo() throws IOException, InterruptedException {
        if (!Boolean.getBoolean("sluice.image")) {
            throw LeftOut.because("it takes minutes: -Dsluice.image=true");
        }
        ImageBuild build = new ImageBuild();
        try {
            JsonObject image = build.make();
            JsonObject config = image.getJsonObject("config");
            assertThat(config.getJsonObject("Labels").getString("org.opencontainers.image.title"))
                    .isEqualTo("Sluice");
            GatewayProcess pod = gateways.launch(build.command(config), settings());
            try {
                runs(pod.awaitReady(), config.getString("User"));
            } finally {
                pod.kill();
            }
        } finally {
            build.clean();
        }
    }

    /** As in a cluster: a Redis of its own; and a cache that is not used ends the JVM. */
    private static Map<String, String> settings() {
        Map<String, String> settings = Gateways.settings(REDIS.uri());
        settings.put("JAVA_TOOL_OPTIONS", "-XX:MaxRAMPercentage=38 -XX:AOTMode=on");
        return settings;
    }

    private static void runs(GatewayProcess pod, String user) throws IOException {
        String id = user.substring(0, user.indexOf(':'));
        assertThat(Files.readString(Path.of("/proc", String.valueOf(pod.pid()), "status")))
                .contains("Uid:\t%s\t%s".formatted(id, id));
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint()) {
            post(pod, "/v1/webhooks", new JsonObject().put("url", endpoint.url()), 201);
            post(pod, "/v1/events", new JsonObject().put("type", "order.paid").put("data", 7), 202);
            await().until(() -> !endpoint.requests().isEmpty());
            assertThat(endpoint.request().text()).contains("7");
        }
        pod.terminate();
        assertThat(pod.exitWithin(Duration.ofSeconds(30))).isEqualTo(SIGTERM);
        assertThat(pod.log()).contains("{\"step\":\"storage\"}").doesNotContain("given up");
    }

    private static void post(GatewayProcess pod, String path, JsonObject body, int expected) {
        try (RawHttp http = new RawHttp(URI.create(pod.url()).getPort())) {
            http.post(path, "Content-Type: application/json\r\n", body.encode());
            RawHttp.Response answer = http.read();
            assertThat(answer.status()).as(answer.body()).isEqualTo(expected);
        }
    }
}
