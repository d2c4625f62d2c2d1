package dev.sluice.telemetry;

import dev.sluice.http.FrontDoor;
import dev.sluice.http.Guests;
import dev.sluice.http.ListenFailure;
import dev.sluice.http.ListenerOptions;
import dev.sluice.http.Problem;
import dev.sluice.http.Problems;
import dev.sluice.time.Ticker;
import dev.sluice.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.healthchecks.HealthCheckHandler;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics and health, on a listener of their own. Live means that every event loop turns, this one, which has to
 * answer, and the others, which give signs of life; Redis has no say in it, or an outage of Redis would restart every pod.
 * Ready means that Redis can hold what is promised, and that the pod neither starts, warms up nor drains, as the body says.
 */
public final class ManagementVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementVerticle.class);
    private static final String PATHS = "/metrics, /health/live or /health/ready";
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String WITH_EXEMPLARS = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServerOptions options;
    private final Telemetry telemetry;
    private final Supplier<RedisHealth> redis;
    private final BooleanSupplier accepting;
    private @Nullable HttpServer server;

    /** @param options as {@link ListenerOptions#ofManagement} makes them */
    public ManagementVerticle(
            HttpServerOptions options, Telemetry telemetry, Supplier<RedisHealth> redis, BooleanSupplier accepting) {
        this.options = options;
        this.telemetry = telemetry;
        this.redis = redis;
        this.accepting = accepting;
    }

    @Override
    public Future<?> start() {
        HealthCheckHandler live = HealthCheckHandler.create(vertx);
        live.register("event-loops", promise -> promise.complete(status(() -> telemetry.loopsLate() == 0)));
        HealthCheckHandler ready = HealthCheckHandler.create(vertx);
        ready.register("redis", promise -> promise.complete(status(redis.get())));
        ready.register("accepting", promise -> promise.complete(reception()));
        Router router = Router.router(vertx);
        router.get("/metrics").handler(this::scrape);
        router.get("/health/live").handler(live);
        router.get("/health/ready").handler(ready);
        for (int status : List.of(400, 404, 405, 500)) {
            router.errorHandler(status, ManagementVerticle::refuse);
        }
        Guests guests = new Guests(ListenerOptions.idle(options), Ticker.SYSTEM);
        new VertxTimers(vertx).every(SWEEP, guests::sweep);
        Handler<HttpServerRequest> inside = request -> {
            guests.asks(request);
            router.handle(request);
        };
        server = FrontDoor.of(vertx.createHttpServer(options), inside, guests::came);
        return server.listen()
                .recover(cause -> Future.failedFuture(
                        new ListenFailure("management.port", options.getPort(), options.getHost(), cause)));
    }

    /** Shows itself as another one to those who come from now on. */
    public Future<?> renew(ServerSSLOptions identity) {
        return server == null ? Future.succeededFuture() : server.updateSSLOptions(identity);
    }

    /** Exemplars are in OpenMetrics alone, which Prometheus asks for by itself; where there are none, it is plain text to all. */
    private void scrape(RoutingContext context) {
        String accept = context.request().getHeader("accept");
        boolean isAsked = accept != null && accept.contains(OPEN_METRICS);
        String type = isAsked && telemetry.hasExemplars() ? WITH_EXEMPLARS : TEXT;
        context.response().putHeader("content-type", type).end(telemetry.scrape(type));
    }

    private static void refuse(RoutingContext context) {
        int status = context.statusCode();
        if (status >= 500) {
            LOG.error("management request failed unexpectedly", context.failure());
        }
        String path = String.valueOf(context.request().path());
        String detail =
                "%s of %s (expected: GET of %s)".formatted(context.request().method(), path, PATHS);
        Problem problem = switch (status) {
            case 400 -> Problem.of(400, "bad-request", "Bad request", detail);
            case 404 -> Problem.of(404, "not-found", "Not found", detail);
            case 405 -> Problem.of(405, "method-not-allowed", "Method not allowed", detail);
            default -> Problem.of(500, "internal", "Internal error", "Sluice failed; its log says why.");
        };
        Problems.refuse(context.request(), problem, 0);
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    private static Status status(BooleanSupplier holds) {
        return holds.getAsBoolean() ? Status.OK() : Status.KO();
    }

    /** Whoever waits for a pod is told what it is at. */
    private Status reception() {
        return accepting.getAsBoolean()
                ? Status.OK()
                : Status.KO(new JsonObject().put("state", telemetry.state().toString()));
    }

    private static Status status(RedisHealth health) {
        JsonObject reasons = new JsonObject();
        if (!health.reasons().isEmpty()) {
            reasons.put("reasons", new JsonArray(List.copyOf(health.reasons())));
        }
        return health.isFit() ? Status.OK(reasons) : Status.KO(reasons);
    }

    /** The port it listens on, once it is deployed; -1 before. */
    public int port() {
        return server == null ? -1 : server.actualPort();
    }
}
