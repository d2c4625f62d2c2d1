package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An endpoint with a limit, asked by a whole pod. */
class LimitedEndpointTest {
    private static final int EVENTS = 80;
    private static final double PER_SECOND = 10;
    private static final double BURST = 5;

    @RegisterExtension
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    final TestPod pod = TestPod.on(REDIS);

    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private double excess;
    private long at = System.nanoTime();

    private synchronized boolean takes() {
        long now = System.nanoTime();
        double next = Math.max(0, excess - (now - at) / 1e9 * PER_SECOND);
        if (next > BURST) {
            return false;
        }
        excess = next + 1;
        at = now;
        return true;
    }

    @Test
    void aLimitedEndpointGetsAllAtItsPaceWhichIsShown() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean isTaken = takes();
            (isTaken ? taken : refused).incrementAndGet();
            exchange.getResponseHeaders().set("Retry-After", "1");
            exchange.sendResponseHeaders(isTaken ? 204 : 429, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            Rest.Answer created = pod.api()
                    .post("/v1/webhooks", new JsonObject().put("url", url).put("maxInFlight", 64));
            String id = created.json().getString("id");
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < EVENTS; i++) {
                lines.append("{\"type\":\"order.paid\",\"data\":{\"n\":")
                        .append(i)
                        .append("}}\n");
            }
            pod.api().post("/v1/events", "application/x-ndjson", lines.toString());
            await().until(() -> taken.get() == EVENTS);
            System.out.printf("10/s, burst 5, Retry-After 1: %d taken, %d refused%n", taken.get(), refused.get());
            assertThat((double) refused.get() / (EVENTS + refused.get()))
                    .as("refused of all attempts")
                    .isLessThan(0.3);
            JsonObject state = pod.api().get("/v1/webhooks/" + id).json().getJsonObject("state");
            assertThat(state.getString("circuit")).isEqualTo("closed");
            assertThat(state.getJsonObject("pace").getDouble("perSecond")).isBetween(2.0, 40.0);
        } finally {
            server.stop(0);
        }
    }
}
