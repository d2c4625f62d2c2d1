package dev.sluice.k8s;

import dev.sluice.telemetry.Heartbeats;
import dev.sluice.telemetry.ManagementVerticle;
import dev.sluice.telemetry.Telemetry;
import dev.sluice.time.Ticker;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** The listener for probes and scrapers, as a pod has it. */
final class ManagementPort implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Telemetry telemetry = new Telemetry(new Heartbeats(1, Ticker.SYSTEM), "1.2.3");
    private final ManagementVerticle management =
            new ManagementVerticle("127.0.0.1", 0, telemetry, List::of, () -> true);

    ManagementPort() {
        vertx.deployVerticle(management).await();
    }

    int status(String path) {
        try {
            URI uri = URI.create("http://127.0.0.1:" + management.port() + path);
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        vertx.close().await();
        telemetry.close();
    }
}
