package dev.sluice.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.http.ListenerOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Heartbeats heartbeats = new Heartbeats(2, nanos::get);
    private final Telemetry telemetry = new Telemetry(heartbeats, "1.2.3");
    private final AtomicBoolean accepting = new AtomicBoolean(true);
    private final ManagementVerticle management = new ManagementVerticle(
            ListenerOptions.ofManagement("127.0.0.1", 0),
            telemetry,
            () -> new RedisHealth(true, List.of()),
            accepting::get);
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(3));
    private final Beating other = new Beating(1);
    private final CountDownLatch letGo = new CountDownLatch(1);

    @BeforeEach
    void deploy() {
        vertx.deployVerticle(new Beating(0)).await();
        vertx.deployVerticle(other).await();
        vertx.deployVerticle(management).await();
    }

    @AfterEach
    void close() {
        letGo.countDown();
        vertx.close().await();
        telemetry.close();
    }

    /** A loop with its sign of life. */
    private final class Beating extends VerticleBase {
        private final int loop;

        Beating(int loop) {
            this.loop = loop;
        }

        @Override
        public Future<?> start() throws Exception {
            return new HeartbeatVerticle(heartbeats, loop).deploy(context);
        }

        Context home() {
            return context;
        }
    }

    private int status(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management.port() + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private String body(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management.port() + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private void hang(Context home) throws InterruptedException {
        CountDownLatch hangs = new CountDownLatch(1);
        home.runOnContext(go -> {
            hangs.countDown();
            try {
                letGo.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        hangs.await();
    }

    @Test
    void isLiveOnlyWhileEveryLoopTurns() throws Exception {
        assertThat(status("/health/live")).isEqualTo(200);

        hang(other.home());
        nanos.addAndGet(Heartbeats.OLD.plus(Duration.ofSeconds(1)).toNanos());
        await().until(heartbeats::late, late -> late == 1);
        assertThat(status("/health/live")).isEqualTo(503);
        assertThat(telemetry.scrape()).contains("sluice_event_loops_late 1.0");

        letGo.countDown();
        await().until(() -> status("/health/live") == 200);
    }

    @Test
    void saysWhatItIsAtWhileItIsNotReady() throws Exception {
        accepting.set(false);
        telemetry.is(PodState.WARMING_UP);
        assertThat(body("/health/ready")).contains("\"state\":\"warming up\"");
        assertThat(status("/health/live")).isEqualTo(200);
    }

    @Test
    void isLiveThoughItIsNotReady() throws Exception {
        accepting.set(false);
        assertThat(status("/health/ready")).isEqualTo(503);
        assertThat(status("/health/live")).isEqualTo(200);
    }
}
