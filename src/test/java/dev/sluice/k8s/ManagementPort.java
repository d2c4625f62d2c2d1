package dev.sluice.k8s;

import static org.awaitility.Awaitility.await;

import dev.sluice.delivery.DeliveryListener;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.http.ListenerOptions;
import dev.sluice.telemetry.Heartbeats;
import dev.sluice.telemetry.ManagementVerticle;
import dev.sluice.telemetry.RedisHealth;
import dev.sluice.telemetry.Telemetry;
import dev.sluice.testing.NumberedEvents;
import dev.sluice.time.Ticker;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** The listener for probes and scrapers, as a pod has it. */
final class ManagementPort implements AutoCloseable {
    private final Telemetry telemetry = new Telemetry(new Heartbeats(1, Ticker.SYSTEM), "1.2.3");
    private final Vertx vertx = telemetry.vertx(new VertxOptions(), Transport.NIO);
    private final ManagementVerticle management = new ManagementVerticle(
            ListenerOptions.ofManagement("127.0.0.1", 0),
            telemetry,
            () -> new RedisHealth(true, List.of()),
            () -> true);

    ManagementPort() {
        vertx.deployVerticle(management).await();
    }

    int status(String path) {
        return get(path).statusCode();
    }

    /** The names of all metrics, also of those that are there as soon as something happens. */
    Set<String> metrics() {
        telemetry.faults().failed("a chore");
        telemetry.faults().unreadable("webhook");
        telemetry.ingest().refused("overloaded");
        telemetry
                .delivery()
                .attempted(NumberedEvents.event(1), new Answer.Failure(Answer.Kind.DNS, "no name", Duration.ZERO));
        telemetry.delivery().parked(DeliveryListener.ParkReason.FULL);
        telemetry.delivery().refused(429);
        telemetry.drains().accept(1);
        if (!get("/metrics").body().contains("sluice_event_loop_held_total")) {
            hold();
        }
        get("/metrics"); // the first request is metered when it is answered
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("[{ ].*", ""))
                .collect(Collectors.toSet());
    }

    private HttpResponse<String> get(String path) {
        try {
            URI uri = URI.create("http://127.0.0.1:" + management.port() + path);
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** A loop, for as long as it takes to be seen. */
    private void hold() {
        CountDownLatch letGo = new CountDownLatch(1);
        ((VertxInternal) vertx).createEventLoopContext().runOnContext(work -> {
            try {
                letGo.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            await().until(() -> telemetry.scrape().contains("sluice_event_loop_held_total"));
        } finally {
            letGo.countDown();
        }
    }

    @Override
    public void close() {
        vertx.close().await();
        telemetry.close();
    }
}
