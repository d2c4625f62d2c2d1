package dev.sluice.ingest;

import dev.sluice.access.Caller;
import dev.sluice.access.Gate;
import dev.sluice.access.Role;
import dev.sluice.config.HttpConfig;
import dev.sluice.http.ListenerOptions;
import dev.sluice.http.Problem;
import dev.sluice.source.ConfiguredSources;
import dev.sluice.testing.Configured;
import dev.sluice.testing.InMemorySources;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RecordedSightings;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The verticle on a port of its own, in front of a {@link FakeJournal}. */
final class IngestServer implements AutoCloseable {
    static final String NOW = "2026-11-21T09:14:04.000Z";
    static final int MAX_BODY = 64 * 1024;
    private static final HttpConfig CONFIG =
            new HttpConfig(null, 0, List.of(), MAX_BODY, 8192, 1, Duration.ofSeconds(30));

    final Vertx vertx = Vertx.vertx();
    final InMemorySources sources = new InMemorySources(ConfiguredSources.of(
            Map.of("strapi", Configured.source("strapi"), "guarded", Configured.source("strapi", "default-token"))));
    final RecordedSightings sightings = new RecordedSightings();
    final FakeJournal journal = new FakeJournal(vertx);
    final RecordingListener listener = new RecordingListener();
    final IngestVerticle verticle;
    private final String deployment;

    IngestServer() {
        this(new IngestLimits(MAX_BODY, 100_000, 10_000_000), anybody());
    }

    IngestServer(IngestLimits limits, Gate gate) {
        InstantSource clock = InstantSource.fixed(Instant.parse(NOW));
        IngestHandler handler = new IngestHandler(
                limits, new GroupCommit(vertx, journal.exchange()), gate, sources, sightings, clock, listener);
        verticle = new IngestVerticle(
                ListenerOptions.of(CONFIG, "127.0.0.1"),
                handler,
                request -> request.response().end("rest"));
        deployment = vertx.deployVerticle(verticle).await();
    }

    static Gate anybody() {
        return bound(null, null);
    }

    static Gate bound(String tenant, String source) {
        return (request, needed) -> new Caller("key_test", "test", Role.PUBLISH, tenant, source);
    }

    static Gate nobody() {
        return (request, needed) -> {
            throw Problem.of(401, "unauthorized", "Unauthorized", "no key").asException();
        };
    }

    RawHttp connect() {
        return new RawHttp(verticle.port());
    }

    /** On a connection of its own. */
    RawHttp.Response post(String path, String headers, String body) {
        try (RawHttp http = connect()) {
            return http.post(path, headers, body).read();
        }
    }

    RawHttp.Response post(String contentType, String body) {
        return post("/v1/events", "Content-Type: " + contentType + "\r\n", body);
    }

    io.vertx.core.Future<Void> undeploy() {
        return vertx.undeploy(deployment);
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
