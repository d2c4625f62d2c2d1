package dev.sluice.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.GatewayProcess;
import dev.sluice.testing.Gateways;
import dev.sluice.testing.RedisServer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Large events for endpoints that hang, and small ones for one that is well, through a process with a heap of 256 MiB and
 * as much direct memory. That nobody waits is told by the order of things: what the others hold is still under way.
 */
@Tag("apart")
class LargeEventsChaosTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** On a slow machine they come slowly; that none comes for so long is a stall. */
    private static final Duration STALL = Duration.ofSeconds(30);

    /** The load for each processor beyond which the machine, not the pod, may be what is slow. */
    private static final int BUSY = 2;

    private static final int MB = 1_000_000;

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final Gateways gateways = new Gateways();

    private final AtomicInteger cut = new AtomicInteger();
    private final Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
    private final AtomicInteger taken = new AtomicInteger();
    private volatile boolean answers;
    private Scenario scenario;
    private HttpClient client;

    @BeforeEach
    void open() {
        Map<String, String> settings = new HashMap<>(Gateways.settings(REDIS.uri()));
        settings.put("SLUICE_DELIVERY_TIMEOUT", "60s");
        settings.put("SLUICE_DELIVERY_PARKING_LEASE", "90s");
        scenario = new Scenario(gateways, settings, 1, false);
        client = scenario.vertx.createHttpClient();
        scenario.startPods(1);
        webhook("well", "small.made", scenario.receiver.url("well"));
    }

    @AfterEach
    void close() {
        GatewayProcess pod = scenario.pods.get(0);
        assertThat(pod.isAlive()).isTrue();
        assertThat(pod.log()).doesNotContain("OutOfMemory", "lost Redis");
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        int processors = Runtime.getRuntime().availableProcessors();
        if (load <= BUSY * processors) { // else a loop may have waited for a processor as long
            assertThat(pod.log())
                    .as("a load of %.1f for %d processors", load, processors)
                    .doesNotContain("blocked for");
        }
        scenario.close();
    }

    private void webhook(String name, String type, String url) {
        scenario.createWebhook(name, new JsonObject().put("url", url).put("eventTypes", new JsonArray().add(type)));
    }

    /** Takes connections and never reads from them. */
    private String deaf() {
        NetServer server = scenario.vertx.createNetServer().connectHandler(socket -> {
            socket.exceptionHandler(reset -> {});
            socket.closeHandler(closed -> cut.incrementAndGet());
            socket.pause();
        });
        Scenario.get(server.listen(0, "127.0.0.1"));
        return "http://127.0.0.1:" + server.actualPort() + "/";
    }

    /** Reads all, and answers nothing until it is told to. */
    private String slow() {
        HttpServer server = scenario.vertx.createHttpServer().requestHandler(request -> {
            request.body().onSuccess(body -> {
                if (answers) {
                    take(request);
                } else {
                    held.add(request);
                }
            });
        });
        Scenario.get(server.listen(0, "127.0.0.1"));
        return "http://127.0.0.1:" + server.actualPort() + "/";
    }

    private void take(HttpServerRequest request) {
        taken.incrementAndGet();
        request.response().end();
    }

    private void publish(String type, int number, int bytes) {
        JsonObject data = new JsonObject().put("number", number).put("text", "x".repeat(bytes));
        Buffer event = new JsonObject().put("type", type).put("data", data).toBuffer();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> status(event) == 202);
    }

    /** 503 is an answer, too: there is no room now. */
    private int status(Buffer event) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(scenario.pods.get(0).url() + "/v1/events")
                .putHeader("content-type", "application/json");
        return Scenario.get(client.request(options)
                .compose(request -> request.send(event))
                .compose(answer -> answer.end().map(answer.statusCode())));
    }

    /** Each time a large one and a small one; the small ones have all come while no attempt at the others is over. */
    private void publishBeside(int events, int bytes) {
        for (int i = 0; i < events; i++) {
            publish("large.made", i, bytes);
            publish("small.made", i, 100);
        }
        awaitAll("small events", () -> scenario.receiver.inbox("well").taken.size(), events);
        assertThat(cut)
                .as(
                        "attempts that timed out before the small ones had come: a stall, or more than 60 s of work for this machine")
                .hasValue(0);
        assertThat(taken).hasValue(0);
    }

    /** However slowly they come, as long as they come. */
    private void awaitAll(String what, IntSupplier came, int all) {
        for (int before = came.getAsInt(); before < all; before = came.getAsInt()) {
            int known = before;
            await("%d of %d %s came, and then none for %s: a stall, not a slow machine"
                            .formatted(known, all, what, STALL))
                    .atMost(STALL)
                    .until(() -> came.getAsInt() > known);
        }
    }

    @Test
    void endpointThatNeverReadsDelaysNoOther() {
        webhook("deaf", "large.made", deaf());
        publishBeside(120, MB);
    }

    @Test
    void fiveEndpointsThatNeverReadTakeNeitherTheMemoryNorTheTimeOfOthers() {
        for (int i = 0; i < 5; i++) {
            webhook("deaf" + i, "large.made", deaf());
        }
        publishBeside(24, 49 * MB / 10);
    }

    @Test
    void endpointThatIsSlowDelaysNoOtherAndGetsAllInTheEnd() {
        webhook("slow", "large.made", slow());
        publishBeside(60, MB);
        answers = true;
        held.forEach(this::take);
        awaitAll("large events", taken::get, 60);
    }
}
