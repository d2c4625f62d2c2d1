package dev.sluice.ingest;

import dev.sluice.access.Caller;
import dev.sluice.access.Gate;
import dev.sluice.access.Role;
import dev.sluice.config.HttpConfig;
import dev.sluice.config.ListenerTlsConfig;
import dev.sluice.config.RuntimeConfig.PodRole;
import dev.sluice.http.ListenerOptions;
import dev.sluice.http.Problem;
import dev.sluice.memory.Quota;
import dev.sluice.source.ConfiguredSources;
import dev.sluice.source.sns.Outside;
import dev.sluice.source.sns.SnsDesk;
import dev.sluice.testing.Configured;
import dev.sluice.testing.InMemorySources;
import dev.sluice.testing.ManualTicker;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RecordedSightings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The verticle on a port of its own, in front of a {@link FakeJournal}. */
public final class IngestServer implements AutoCloseable {
    public static final String NOW = "2026-11-21T09:14:04.000Z";
    public static final int MAX_BODY = 64 * 1024;
    private static final IngestLimits LIMITS = new IngestLimits(MAX_BODY, 100_000, new Quota(20_000_000));
    private static final Duration IDLE = Duration.ofSeconds(30);

    public final Vertx vertx = Vertx.vertx();
    public final InMemorySources sources = new InMemorySources(ConfiguredSources.of(
            Map.of("strapi", Configured.source("strapi"), "guarded", Configured.source("strapi", "default-token"))));
    public final RecordedSightings sightings = new RecordedSightings();
    public final FakeJournal journal = new FakeJournal(vertx);
    public final RecordingListener listener = new RecordingListener();
    /** What is at a URL that it asks for. */
    volatile Outside outside = Outside.NONE;

    final ManualTicker ticker = new ManualTicker();
    public final IngestVerticle verticle;
    private Context home;

    public IngestServer() {
        this(LIMITS, anybody());
    }

    public IngestServer(IngestLimits limits, Gate gate) {
        this(limits, gate, IDLE, true);
    }

    private IngestServer(IngestLimits limits, Gate gate, Duration idle, boolean opened) {
        this(limits, gate, idle, opened, InstantSource.fixed(Instant.parse(NOW)));
    }

    /** Which asks for a key that nobody has. */
    public static IngestServer locked(InstantSource clock) {
        return new IngestServer(LIMITS, nobody(), IDLE, true, clock);
    }

    static IngestServer locked(IngestLimits limits, InstantSource clock) {
        return new IngestServer(limits, nobody(), IDLE, true, clock);
    }

    private IngestServer(IngestLimits limits, Gate gate, Duration idle, boolean opened, InstantSource clock) {
        IngestHandler handler = new IngestHandler(
                limits,
                new GroupCommit(vertx, journal.exchange(), () -> true),
                gate,
                new Origins(sources, sightings, new SnsDesk(url -> outside.get(url), ticker)),
                clock,
                listener);
        verticle = new IngestVerticle(
                ListenerOptions.of(config(idle), "127.0.0.1"),
                handler,
                request -> request.response().end("rest"),
                List.of(PodRole.values()),
                ticker);
        vertx.deployVerticle(new Seat()).await();
        if (opened) {
            verticle.open();
        }
    }

    /** It listens, and does not serve yet. */
    static IngestServer notOpened() {
        return new IngestServer(LIMITS, anybody(), IDLE, false);
    }

    /** Whose {@code http.idleTimeout} is this. */
    static IngestServer withIdle(Duration idle) {
        return new IngestServer(LIMITS, anybody(), idle, true);
    }

    private static HttpConfig config(Duration idle) {
        return new HttpConfig(
                null, 0, List.of(), ListenerTlsConfig.NONE, MAX_BODY, 8192, 1, idle, HttpConfig.Playground.NEVER);
    }

    /** And looks before and after who is late. */
    void advance(Duration span) {
        Promise<Void> moved = Promise.promise();
        home.runOnContext(go -> {
            verticle.sweep();
            ticker.advance(span);
            verticle.sweep();
            moved.complete();
        });
        moved.future().await();
    }

    /** Where the verticle runs. */
    private final class Seat extends VerticleBase {
        @Override
        public Future<?> start() throws Exception {
            home = context;
            return verticle.deploy(context);
        }
    }

    public static Gate anybody() {
        return bound(null, null);
    }

    public static Gate bound(String tenant, String source) {
        return (request, needed) -> new Caller("key_test", "test", Role.PUBLISH, tenant, source);
    }

    public static Gate nobody() {
        return (request, needed) -> {
            throw Problem.of(401, "unauthorized", "Unauthorized", "no key").asException();
        };
    }

    public RawHttp connect() {
        return new RawHttp(verticle.port());
    }

    /** On a connection of its own. */
    public RawHttp.Response post(String path, String headers, String body) {
        try (RawHttp http = connect()) {
            return http.post(path, headers, body).read();
        }
    }

    public RawHttp.Response post(String contentType, String body) {
        return post("/v1/events", "Content-Type: " + contentType + "\r\n", body);
    }

    /** Completes when the verticle's loop has done what it was told before. */
    Future<Void> home() {
        Promise<Void> turn = Promise.promise();
        home.runOnContext(turn::complete);
        return turn.future();
    }

    /** Ends as a pod does that drains: it has begun to when this returns. */
    Future<Void> leave(Duration patience) {
        Promise<Void> begun = Promise.promise();
        Promise<Void> left = Promise.promise();
        home.runOnContext(go -> {
            verticle.leave(patience).onComplete(left);
            begun.complete();
        });
        begun.future().await();
        return left.future();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
