package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.boot.Pod;
import dev.sluice.config.load.ConfigLoader;
import dev.sluice.testing.LoopGuard;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A whole pod in this JVM, as the environment configures it, and a client for it. Started by a test and closed by it; or
 * there before each test, and ended after it:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final RedisServer REDIS = new RedisServer();
 *
 * @RegisterExtension
 * final TestPod pod = TestPod.on(REDIS);
 *
 * @RegisterExtension
 * final Receiver receiver = new Receiver();
 * }</pre>
 */
final class TestPod implements AutoCloseable, BeforeEachCallback, AfterEachCallback {
    static final String SECRETS_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String JSON = "application/json";

    private final Supplier<String> redisUri;
    private final String[] settings;
    private Pod pod;
    private Rest api;
    private Rest management;

    private TestPod(Supplier<String> redisUri, String... settings) {
        this.redisUri = redisUri;
        this.settings = settings;
    }

    /** Not started yet. {@code settings}: environment variables and their values, one after the other. */
    static TestPod on(RedisServer redis, String... settings) {
        return new TestPod(redis::uri, settings);
    }

    /** As above, started. */
    static TestPod start(String redisUri, String... settings) {
        TestPod pod = new TestPod(() -> redisUri, settings);
        pod.open();
        return pod;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        open();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    private void open() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SLUICE_HTTP_PORT", "0",
                "SLUICE_MANAGEMENT_PORT", "0",
                "SLUICE_RUNTIME_EVENT_LOOPS", "2",
                "SLUICE_RUNTIME_DRAIN_TIMEOUT", "5s",
                "SLUICE_REDIS_URI", redisUri.get(),
                "SLUICE_SECRETS_KEY", SECRETS_KEY));
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        pod = Pod.start(new ConfigLoader(environment).load(null));
        api = pod.listens() ? new Rest(pod.url()) : null;
        management = new Rest(pod.managementUrl());
    }

    /** Another pod in its place, on other ports. */
    void restart() {
        close();
        open();
    }

    Rest api() {
        return api;
    }

    Rest management() {
        return management;
    }

    String url() {
        return pod.url();
    }

    String managementUrl() {
        return pod.managementUrl();
    }

    int managementPort() {
        return URI.create(pod.managementUrl()).getPort();
    }

    int port() {
        return URI.create(pod.url()).getPort();
    }

    RawHttp connect() {
        return new RawHttp(URI.create(pod.url()).getPort());
    }

    /** For everything of the default tenant. */
    JsonObject webhook(String url) {
        return webhook(new JsonObject().put("url", url));
    }

    JsonObject webhook(JsonObject settings) {
        Rest.Answer created = api.post("/v1/webhooks", JSON, settings.encode());
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json();
    }

    /** The id of the event. Sent again, as a producer does, while the pod says that Redis takes nothing and nothing was stored. */
    String accept(String type, Object data) {
        return accept(new JsonObject().put("type", type).put("data", data));
    }

    String accept(JsonObject event) {
        Rest.Answer accepted = await().until(
                        () -> api.post("/v1/events", JSON, event.encode()),
                        answer -> !answer.text().contains("journal-closed"));
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        return accepted.json().getString("id");
    }

    Metrics metrics() {
        return new Metrics(management.get("/metrics").text());
    }

    void awaitQuiet() {
        awaitQuiet(this);
    }

    /** Until every event that these pods took is settled: nothing is under way, though it may be parked. */
    static void awaitQuiet(TestPod... pods) {
        await().until(() -> {
            List<Metrics> now = Arrays.stream(pods).map(TestPod::metrics).toList();
            return sum(now, "sluice_events_appended_total")
                            == sum(now, "sluice_events_unmatched_total") + sum(now, "sluice_events_settled_total")
                    && sum(now, "sluice_deliveries_held") == 0;
        });
    }

    private static double sum(List<Metrics> pods, String name) {
        return pods.stream().mapToDouble(pod -> pod.of(name)).sum();
    }

    @Override
    public void close() {
        pod.stop();
        LoopGuard.requireNoneHeld();
    }
}
