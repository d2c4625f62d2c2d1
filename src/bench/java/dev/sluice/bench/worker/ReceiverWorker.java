package dev.sluice.bench.worker;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/**
 * The endpoint that webhooks deliver to: answers 204 to everything, at once, and keeps a tally.
 *
 * <ul>
 *   <li>{@code {"op":"open","run":n}} begins the tally of a run;
 *   <li>{@code {"op":"tally"}} answers what has arrived.
 * </ul>
 *
 * What the client floors post is not stamped and goes to {@code /bare}, which is not counted.
 */
final class ReceiverWorker implements Worker {
    private final Vertx vertx;
    private final EpochMicros clock;
    private Tally tally = Tally.none();

    ReceiverWorker(Vertx vertx, EpochMicros clock) {
        this.vertx = vertx;
        this.clock = clock;
    }

    @Override
    public Future<JsonObject> start() {
        return vertx.createHttpServer()
                .requestHandler(this::receive)
                .listen(0, "127.0.0.1")
                .map(server -> new JsonObject().put("port", server.actualPort()));
    }

    @Override
    public Future<JsonObject> run(JsonObject command) {
        if (command.getString("op").equals("open")) {
            tally = tally.next(command.getInteger("run"));
        }
        return Future.succeededFuture(tally.toJson());
    }

    private void receive(HttpServerRequest request) {
        boolean counted = !request.path().equals("/bare");
        request.body().onSuccess(body -> {
            if (counted) {
                count(body);
            }
            request.response().setStatusCode(204).end();
        });
    }

    private void count(Buffer body) {
        long now = clock.now();
        try {
            tally.arrived(Stamp.read(body), now);
        } catch (IllegalArgumentException e) {
            tally.arrivedUnreadable();
        }
    }
}
