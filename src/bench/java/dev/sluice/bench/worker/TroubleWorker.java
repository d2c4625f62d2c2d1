package dev.sluice.bench.worker;

import dev.sluice.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * Endpoints that misbehave, by the first part of the path: {@code /silent} never answers, {@code /slow} after five
 * seconds, {@code /error} with 500, {@code /busy} with 503 and a Retry-After, {@code /reset} with a reset of the
 * connection. Any command answers how many requests came.
 *
 * <p>A process of its own, so that a healthy endpoint is not slowed by what these do.
 */
final class TroubleWorker implements Worker {
    private static final Duration SLOW = Duration.ofSeconds(5);
    private static final String RETRY_AFTER_SECONDS = "3";

    private final Vertx vertx;
    private final Timers timers;
    private long requests;

    TroubleWorker(Vertx vertx, Timers timers) {
        this.vertx = vertx;
        this.timers = timers;
    }

    @Override
    public Future<JsonObject> start() {
        // With nothing to linger for, a close is a reset.
        return vertx.createHttpServer(new HttpServerOptions().setSoLinger(0))
                .requestHandler(this::receive)
                .listen(0, "127.0.0.1")
                .map(server -> new JsonObject().put("port", server.actualPort()));
    }

    @Override
    public Future<JsonObject> run(JsonObject command) {
        return Future.succeededFuture(new JsonObject().put("requests", requests));
    }

    private void receive(HttpServerRequest request) {
        requests++;
        HttpServerResponse response = request.response();
        // Whoever waits may be gone before it is answered.
        response.exceptionHandler(gone -> {});
        String path = request.path();
        switch (path) {
            case "/silent" -> {}
            case "/slow" -> timers.after(SLOW, () -> answerLate(response));
            case "/error" -> response.setStatusCode(500).end();
            case "/busy" ->
                response.setStatusCode(503)
                        .putHeader("retry-after", RETRY_AFTER_SECONDS)
                        .end();
            case "/reset" -> request.connection().close();
            default -> response.setStatusCode(404).end();
        }
    }

    private static void answerLate(HttpServerResponse response) {
        if (!response.closed()) {
            response.setStatusCode(204).end();
        }
    }
}
